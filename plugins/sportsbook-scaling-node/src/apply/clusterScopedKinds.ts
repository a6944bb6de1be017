import {
  groupKindOf,
  ObjectRef,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { KubernetesClient } from '../kubernetes/KubernetesClient';
import { SourcedObject } from '../manifests/SourcedObject';
import { DeletedObject } from './deleteObjects';
import { resolveObjects } from './resolveObjects';

/** The cluster-scoped kinds of a set of manifests, as `group/Kind`, each once. */
export async function clusterScopedKindsOf(options: {
  client: KubernetesClient;
  manifests: SourcedObject[];
  signal?: AbortSignal;
}): Promise<string[]> {
  const { client, manifests, signal } = options;
  const catalog = await client.discover({ signal });
  return unique(
    resolveObjects({ manifests, catalog, namespace: '' })
      .filter(({ resource }) => resource?.namespaced === false)
      .map(({ ref }) => groupKindOf(ref)),
  );
}

/**
 * What a deletion would touch: the objects that are named, and those of
 * manifests, in the namespaces where an apply would have put them.
 */
export async function resolveForDelete(options: {
  client: KubernetesClient;
  manifests: SourcedObject[];
  objects: DeletedObject[];
  namespace: string;
  signal?: AbortSignal;
}): Promise<{ objects: DeletedObject[]; clusterScopedKinds: string[] }> {
  const { client, manifests, namespace, signal } = options;
  const catalog = await client.discover({ signal });
  const objects = [
    ...options.objects,
    ...resolveObjects({ manifests, catalog, namespace }).map(({ ref }) => ({
      ref,
    })),
  ];
  const isClusterScoped = ({ apiVersion, kind }: ObjectRef) =>
    catalog.find(apiVersion, kind)?.namespaced === false;
  return {
    objects,
    clusterScopedKinds: unique(
      objects
        .map(({ ref }) => ref)
        .filter(isClusterScoped)
        .map(groupKindOf),
    ),
  };
}

function unique(values: string[]): string[] {
  return [...new Set(values)];
}
