import {
  formatObjectRef,
  KubernetesObject,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';
import { mapInFlight } from '../../apply/mapInFlight';
import { ApiNotInstalledError } from '../../errors/ApiNotInstalledError';
import { ApiCatalog, KubernetesClient } from '../../ports/KubernetesClient';
import { PLATFORM_LABEL } from '../platformMark';

/** Kinds that are made for others, and go by themselves. */
const DERIVED_KINDS = ['Event', 'Endpoints', 'EndpointSlice', 'Lease'];

/** What every namespace has, and what KEDA makes for itself. */
const KNOWN_OBJECTS = [
  'ConfigMap kube-root-ca.crt',
  'ServiceAccount default',
  'Secret kedaorg-certs',
];

const ownersSchema = z.array(z.unknown()).min(1);

function isPeoples({ kind, metadata }: KubernetesObject): boolean {
  return (
    metadata.labels?.[PLATFORM_LABEL] === undefined &&
    !ownersSchema.safeParse(metadata.ownerReferences).success &&
    !KNOWN_OBJECTS.includes(`${kind} ${metadata.name}`)
  );
}

/**
 * What people have put into a namespace that is about to go with everything in it.
 *
 * @throws ClusterForbiddenError where something may not be looked at
 */
export async function namespaceContents(options: {
  client: KubernetesClient;
  catalog: ApiCatalog;
  namespace: string;
  signal?: AbortSignal;
}): Promise<string[]> {
  const { client, catalog, namespace, signal } = options;
  const kinds = catalog
    .resources()
    .filter(
      ({ namespaced, verbs, kind, plural }) =>
        namespaced &&
        verbs.includes('list') &&
        !plural.includes('/') &&
        !DERIVED_KINDS.includes(kind),
    );
  const lists = await mapInFlight(kinds, async ({ apiVersion, kind }) => {
    try {
      const { items } = await client.list(
        { apiVersion, kind },
        { namespace, signal },
      );
      return items.map(item => ({ ...item, apiVersion, kind }));
    } catch (error) {
      if (error instanceof ApiNotInstalledError) {
        return [];
      }
      throw error;
    }
  });
  const names = lists
    .flat()
    .filter(isPeoples)
    .map(({ apiVersion, kind, metadata }) =>
      formatObjectRef({
        apiVersion,
        kind,
        name: metadata.name,
        namespace: metadata.namespace,
      }),
    );
  // A kind may be served by two versions.
  return [...new Set(names)].sort();
}
