import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';

const UID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const TIME = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;
const ADDRESS = /\b10\.\d+\.\d+\.\d+/g;
const IMAGE = /"image":"[^"]*"/g;
const HASH = /"pod-template-hash":"[a-z0-9]+"/g;
/** A ReplicaSet's hash, random letters, or both. */
const SUFFIX =
  /\b(web|headless|nobody|good|bad)(-[bcdfghjklmnpqrstvwxz2456789]{5,10}){1,2}\b/g;

/** An object without what differs from cluster to cluster: uids, times, versions, addresses, generated names. */
export function normalized(object: KubernetesObject): KubernetesObject {
  const {
    resourceVersion: _version,
    generation: _generation,
    ...metadata
  } = object.metadata;
  return JSON.parse(
    JSON.stringify({ ...object, metadata })
      .replace(UID, 'UID')
      .replace(TIME, 'TIME')
      .replace(ADDRESS, 'ADDRESS')
      .replace(IMAGE, '"image":"IMAGE"')
      .replace(HASH, '"pod-template-hash":"HASH"')
      .replace(/"nodeName":"[^"]*"/g, '"nodeName":"NODE"')
      .replace(SUFFIX, '$1-GENERATED'),
  ) as KubernetesObject;
}

/** Many of them, in an order that does not hang on generated names. */
export function allNormalized(
  objects: readonly KubernetesObject[],
): KubernetesObject[] {
  return objects
    .map(normalized)
    .sort((a, b) =>
      `${a.kind} ${a.metadata.name}` < `${b.kind} ${b.metadata.name}` ? -1 : 1,
    );
}
