import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { ClusterObjects } from '../ports/ClusterObjects';
import { requireType } from './requireType';

/**
 * Creates an object, or writes it over the one that is there. A write that
 * changes nothing leaves it as it is.
 *
 * @returns the object as it is now
 */
export function ensureObject(
  objects: ClusterObjects,
  object: KubernetesObject,
  { manager }: { manager: string },
): KubernetesObject {
  const type = requireType(objects, object.apiVersion, object.kind);
  const { namespace, name } = object.metadata;
  const key = { ...(namespace === undefined ? {} : { namespace }), name };
  const live = objects.find(type, key);
  if (live === undefined) {
    return objects.create(type, object, { manager }).object;
  }
  // Some kinds, such as definitions, are not written over without a version.
  const { resourceVersion } = live.metadata;
  return objects.update(
    type,
    key,
    { ...object, metadata: { ...object.metadata, resourceVersion } },
    { manager },
  ).object;
}
