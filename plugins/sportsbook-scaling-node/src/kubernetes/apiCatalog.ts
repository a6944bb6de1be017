import { z } from 'zod';
import { ApiCatalog, ApiResource } from '../ports/KubernetesClient';

/**
 * Aggregated discovery: all kinds in two answers. The second version is for
 * servers of 1.27 to 1.29.
 * https://kubernetes.io/docs/concepts/overview/kubernetes-api/#aggregated-discovery
 */
export const DISCOVERY_MEDIA_TYPE = ['v2', 'v2beta1']
  .map(
    version =>
      `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`,
  )
  .join(',');

const discoverySchema = z.object({
  kind: z.literal('APIGroupDiscoveryList'),
  items: z.array(
    z.object({
      // The core group has no name.
      metadata: z.object({ name: z.string().default('') }),
      versions: z
        .array(
          z.object({
            version: z.string(),
            resources: z
              .array(
                z.object({
                  resource: z.string(),
                  responseKind: z.object({ kind: z.string() }).nullish(),
                  scope: z.enum(['Namespaced', 'Cluster']),
                  verbs: z.array(z.string()).default([]),
                }),
              )
              .default([]),
          }),
        )
        .default([]),
    }),
  ),
});

/** Undefined where the answer is no aggregated discovery. */
export function readDiscovery(answer: unknown): ApiResource[] | undefined {
  const parsed = discoverySchema.safeParse(answer);
  if (!parsed.success) {
    return undefined;
  }
  return parsed.data.items.flatMap(group =>
    group.versions.flatMap(({ version, resources }) =>
      resources.flatMap(resource =>
        resource.responseKind?.kind
          ? [
              {
                apiVersion:
                  group.metadata.name === ''
                    ? version
                    : `${group.metadata.name}/${version}`,
                kind: resource.responseKind.kind,
                plural: resource.resource,
                namespaced: resource.scope === 'Namespaced',
                verbs: resource.verbs,
              },
            ]
          : [],
      ),
    ),
  );
}

export function apiCatalog(resources: ApiResource[]): ApiCatalog {
  const byKind = new Map<string, ApiResource>();
  for (const resource of resources) {
    const key = `${resource.apiVersion} ${resource.kind}`;
    // A kind may be served under several names; one that can be read is the object's own.
    const known = byKind.get(key);
    if (
      known === undefined ||
      (!known.verbs.includes('get') && resource.verbs.includes('get'))
    ) {
      byKind.set(key, resource);
    }
  }
  return {
    find: (apiVersion, kind) => byKind.get(`${apiVersion} ${kind}`),
    resources: () => [...resources],
  };
}
