import type { ServedGroup, ServedResource, ServedVersion } from './ServedApi';
import { servedSubresource } from './subresources';

/** `/api`. @param address - this server's, `host:port` */
export function apiVersions(
  groups: readonly ServedGroup[],
  address: string,
): unknown {
  const core = groups.find(({ group }) => group === '');
  return {
    kind: 'APIVersions',
    versions: (core?.versions ?? []).map(({ version }) => version),
    serverAddressByClientCIDRs: [
      { clientCIDR: '0.0.0.0/0', serverAddress: address },
    ],
  };
}

/** `/apis`. */
export function apiGroupList(groups: readonly ServedGroup[]): unknown {
  return {
    kind: 'APIGroupList',
    apiVersion: 'v1',
    groups: groups.filter(({ group }) => group !== '').map(describe),
  };
}

/** `/apis/<group>`. */
export function apiGroup(group: ServedGroup): unknown {
  return { kind: 'APIGroup', apiVersion: 'v1', ...describe(group) };
}

function describe({ group, versions }: ServedGroup) {
  const named = versions.map(({ version }) => ({
    groupVersion: `${group}/${version}`,
    version,
  }));
  return { name: group, versions: named, preferredVersion: named[0] };
}

/** `/api/v1` and `/apis/<group>/<version>`. */
export function apiResourceList(
  group: string,
  { version, resources }: ServedVersion,
): unknown {
  return {
    kind: 'APIResourceList',
    // The oldest of the documents came before there were versions of it.
    ...(group === '' ? {} : { apiVersion: 'v1' }),
    groupVersion: group === '' ? version : `${group}/${version}`,
    resources: resources.flatMap(describeResource),
  };
}

function describeResource(resource: ServedResource): unknown[] {
  const { name, singularName, namespaced, kind, verbs } = resource;
  return [
    {
      name,
      singularName,
      namespaced,
      kind,
      verbs,
      ...(resource.shortNames.length > 0
        ? { shortNames: resource.shortNames }
        : {}),
      ...(resource.categories.length > 0
        ? { categories: resource.categories }
        : {}),
    },
    ...resource.subresources.map(subresource => {
      const served = servedSubresource(resource, subresource);
      return {
        name: `${name}/${subresource}`,
        singularName: '',
        namespaced,
        ...(served.group === undefined
          ? {}
          : { group: served.group, version: served.version }),
        kind: served.kind,
        verbs: served.verbs,
      };
    }),
  ];
}
