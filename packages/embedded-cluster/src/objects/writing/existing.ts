import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { apiVersionOf, type ResourceType } from '../../model/ResourceType';
import { StatusError } from '../../model/StatusError';
import type { ObjectKey } from '../../ports/ClusterObjects';
import { inVersion, resourceOf } from '../types/TypeRegistry';
import type { Machinery } from './Machinery';

/** The stored object, as the type's version shows it. */
export function findExisting(
  { store }: Pick<Machinery, 'store'>,
  type: ResourceType,
  { namespace, name }: ObjectKey,
): KubernetesObject | undefined {
  const object = store.get(
    resourceOf(type),
    type.namespaced ? namespace : undefined,
    name,
  );
  return object && inVersion(object, apiVersionOf(type));
}

/** @throws StatusError 404 */
export function existing(
  machinery: Pick<Machinery, 'store'>,
  type: ResourceType,
  key: ObjectKey,
): KubernetesObject {
  const object = findExisting(machinery, type, key);
  if (!object) {
    throw StatusError.notFound(
      { group: type.group, resource: type.plural },
      key.name,
    );
  }
  return object;
}
