import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { ResourceType } from '../../model/ResourceType';
import type { ClusterObjects } from '../../ports/ClusterObjects';
import { asJson } from './asJson';
import { CONTROLLER_MANAGER } from './ControllerContext';
import { sameValue } from './sameValue';

/**
 * Stores a status that differs from the present one.
 *
 * @returns the object as it is now
 * @throws StatusError 409 when somebody else wrote since `object` was read
 */
export function writeStatus(
  objects: ClusterObjects,
  type: ResourceType,
  { object, status }: { object: KubernetesObject; status: object },
): KubernetesObject {
  if (sameValue(object.status ?? {}, status)) {
    return object;
  }
  return objects.update(type, object.metadata, asJson({ ...object, status }), {
    manager: CONTROLLER_MANAGER,
    subresource: 'status',
  }).object;
}

/** A count of a status that Kubernetes leaves out while it is 0. */
export function unlessZero(count: number): number | undefined {
  return count === 0 ? undefined : count;
}
