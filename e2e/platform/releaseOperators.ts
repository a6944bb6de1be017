import {
  deleteObjects,
  KubernetesClient,
  readManifests,
  resolveForDelete,
  SourcedObject,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { eventually } from '../eventually';
import { E2eOptions, PLATFORM_MANIFESTS } from '../options';
import { releaseText } from './operatorReleases';

const USED_KINDS = [
  { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject' },
  { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledJob' },
  { apiVersion: 'monitoring.coreos.com/v1', kind: 'Prometheus' },
];

/** As `kubectl apply --server-side` would, so that they are nobody's but the administrator's. */
export const ADMINISTRATOR = 'kubectl';

/** The release manifests, each with the namespace of what names none. */
export async function releaseObjects(
  options: E2eOptions,
): Promise<{ namespace: string; manifests: SourcedObject[] }[]> {
  return Promise.all(
    PLATFORM_MANIFESTS.map(async release => ({
      namespace: release.namespace,
      manifests: readManifests([
        { path: release.file, text: await releaseText(release, options) },
      ]),
    })),
  );
}

/** Takes away what people have, then the operators that the release manifests brought. */
export async function removeReleaseOperators(
  client: KubernetesClient,
  options: E2eOptions,
): Promise<void> {
  for (const kind of USED_KINDS) {
    const { items } = await client.list(kind).catch(() => ({ items: [] }));
    for (const { metadata } of items) {
      await client.delete({
        ...kind,
        name: metadata.name,
        namespace: metadata.namespace,
      });
    }
  }
  await eventually(
    async () => {
      for (const kind of USED_KINDS) {
        const { items } = await client.list(kind).catch(() => ({ items: [] }));
        if (items.length > 0) {
          throw new Error(`${items.length} of ${kind.kind} are still there.`);
        }
      }
    },
    { withinSeconds: 60 },
  );
  for (const { namespace, manifests } of await releaseObjects(options)) {
    const { objects } = await resolveForDelete({
      client,
      manifests,
      objects: [],
      namespace,
    });
    await deleteObjects({
      client,
      objects,
      evenForeign: true,
      withContents: true,
    });
  }
}

/** Applies the release manifests as an administrator does. */
export async function applyReleaseOperators(
  client: KubernetesClient,
  options: E2eOptions,
): Promise<void> {
  for (const { namespace, manifests } of await releaseObjects(options)) {
    const catalog = await client.discover({ fresh: true });
    for (const { object } of manifests) {
      const isNamespaced =
        catalog.find(object.apiVersion, object.kind)?.namespaced === true;
      await client.apply(
        isNamespaced
          ? {
              ...object,
              metadata: {
                ...object.metadata,
                namespace: object.metadata.namespace ?? namespace,
              },
            }
          : object,
        { fieldManager: ADMINISTRATOR, force: true },
      );
    }
  }
  await eventually(
    async () => {
      const { items } = await client.list({
        apiVersion: 'keda.sh/v1alpha1',
        kind: 'ScaledObject',
      });
      return items;
    },
    { withinSeconds: 60 },
  );
}
