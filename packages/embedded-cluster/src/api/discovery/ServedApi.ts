import type { ResourceType } from '../../model/ResourceType';
import type { ApiServices } from '../ApiServerOptions';

/** What discovery says about one resource, without its subresources. */
export interface ServedResource {
  name: string;
  singularName: string;
  namespaced: boolean;
  kind: string;
  verbs: readonly string[];
  shortNames: readonly string[];
  categories: readonly string[];
  subresources: readonly string[];
  custom: boolean;
}

export interface ServedVersion {
  version: string;
  resources: readonly ServedResource[];
}

export interface ServedGroup {
  /** Empty for the core group. */
  group: string;
  /** The preferred one first. */
  versions: readonly ServedVersion[];
  /** A group of definitions alone: paths of it that are unknown answer in plain text. */
  custom: boolean;
}

/** Groups, versions and resources that are served now. */
export function servedGroups({
  objects,
  virtualResources,
  aggregatedApis,
}: Pick<
  ApiServices,
  'objects' | 'virtualResources' | 'aggregatedApis'
>): ServedGroup[] {
  const groups = new Map<string, Map<string, ServedResource[]>>();
  const add = (group: string, version: string, resource?: ServedResource) => {
    const versions = groups.get(group) ?? new Map<string, ServedResource[]>();
    groups.set(group, versions);
    const resources = versions.get(version) ?? [];
    versions.set(version, resources);
    if (resource) {
      resources.push(resource);
    }
  };
  const types = [
    ...objects.types(),
    ...virtualResources.map(({ type }) => type),
  ];
  for (const type of types) {
    add(type.group, type.version, toResource(type));
  }
  for (const api of aggregatedApis) {
    add(api.group, api.version);
    for (const resource of api.resources()) {
      add(api.group, api.version, {
        ...resource,
        shortNames: [],
        categories: [],
        subresources: [],
        custom: true,
      });
    }
  }
  const builtIn = new Set(
    types.filter(({ custom }) => !custom).map(({ group }) => group),
  );
  return [...groups].map(([group, versions]) => ({
    group,
    custom: !builtIn.has(group),
    versions: [...versions]
      .map(([version, resources]) => ({
        version,
        resources: resources.sort(byName),
      }))
      .sort((left, right) => compareVersions(left.version, right.version)),
  }));
}

function toResource(type: ResourceType): ServedResource {
  return {
    name: type.plural,
    singularName: type.singular,
    namespaced: type.namespaced,
    kind: type.kind,
    verbs: type.verbs,
    shortNames: type.shortNames,
    categories: type.categories,
    subresources: [...type.subresources].sort(),
    custom: type.custom,
  };
}

function byName(left: ServedResource, right: ServedResource): number {
  return left.name < right.name ? -1 : 1;
}

/** Stable before beta before alpha, then the higher number: `v2`, `v1`, `v1beta2`, `v1alpha1`. */
export function compareVersions(left: string, right: string): number {
  const [a, b] = [rank(left), rank(right)];
  for (let at = 0; at < a.length; at++) {
    if (a[at] !== b[at]) {
      return b[at] - a[at];
    }
  }
  return left < right ? -1 : 1;
}

function rank(version: string): number[] {
  const match = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version);
  if (!match) {
    return [0, 0, 0];
  }
  const [, major, stage, minor] = match;
  const stages: Readonly<Record<string, number>> = { alpha: 1, beta: 2 };
  return [stage ? stages[stage] : 3, Number(major), Number(minor ?? 0)];
}
