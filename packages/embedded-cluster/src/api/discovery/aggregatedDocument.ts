import type { ServedGroup, ServedResource } from './ServedApi';
import { servedSubresource } from './subresources';

export type DiscoveryVersion = 'v2' | 'v2beta1';

/** All of `/api` or `/apis` in one document: `APIGroupDiscoveryList`. */
export function aggregatedDocument(
  groups: readonly ServedGroup[],
  version: DiscoveryVersion,
): unknown {
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: `apidiscovery.k8s.io/${version}`,
    metadata: {},
    items: groups.map(({ group, versions }) => ({
      metadata: group === '' ? {} : { name: group },
      versions: versions.map(one => ({
        version: one.version,
        resources: one.resources.map(resource =>
          discoverResource(resource, group, one.version),
        ),
        freshness: 'Current',
      })),
    })),
  };
}

function discoverResource(
  resource: ServedResource,
  group: string,
  version: string,
): unknown {
  // The real server leaves group and version of its own kinds out, but names those of definitions.
  const own = resource.custom ? { group, version } : { group: '', version: '' };
  return {
    resource: resource.name,
    responseKind: { ...own, kind: resource.kind },
    scope: resource.namespaced ? 'Namespaced' : 'Cluster',
    singularResource: resource.singularName,
    verbs: resource.verbs,
    ...listed('shortNames', resource.shortNames),
    ...listed('categories', resource.categories),
    ...listed(
      'subresources',
      resource.subresources.map(subresource => {
        const served = servedSubresource(resource, subresource);
        return {
          subresource,
          responseKind: {
            group: served.group ?? own.group,
            version: served.version ?? own.version,
            kind: served.kind,
          },
          verbs: served.verbs,
        };
      }),
    ),
  };
}

function listed(name: string, values: readonly unknown[]): object {
  return values.length === 0 ? {} : { [name]: values };
}
