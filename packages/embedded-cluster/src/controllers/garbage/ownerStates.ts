import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { ClusterObjects } from '../../ports/ClusterObjects';
import { ownersOf, type OwnerReference } from '../foundation/ownership';

export const FOREGROUND = 'foregroundDeletion';
export const ORPHAN = 'orphan';

/** An object's owners by what they are to it. */
export interface OwnerStates {
  /** There, so that the object stays. */
  solid: OwnerReference[];
  /** Gone, or another object of that name. */
  absent: OwnerReference[];
  /** Being deleted, after its dependents. */
  waiting: OwnerReference[];
}

export function ownerStates(
  objects: ClusterObjects,
  object: KubernetesObject,
): OwnerStates {
  const states: OwnerStates = { solid: [], absent: [], waiting: [] };
  for (const reference of ownersOf(object)) {
    const type = objects.typeOf(reference.apiVersion, reference.kind);
    if (type === undefined) {
      // Nobody can tell about a kind that is not served: better to keep.
      states.solid.push(reference);
      continue;
    }
    const owner = objects.find(type, {
      name: reference.name,
      ...(type.namespaced ? { namespace: object.metadata.namespace } : {}),
    });
    if (owner === undefined || owner.metadata.uid !== reference.uid) {
      states.absent.push(reference);
    } else if (
      owner.metadata.deletionTimestamp !== undefined &&
      (owner.metadata.finalizers ?? []).includes(FOREGROUND)
    ) {
      states.waiting.push(reference);
    } else {
      states.solid.push(reference);
    }
  }
  return states;
}
