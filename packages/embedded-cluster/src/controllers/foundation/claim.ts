import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { matchesSelector, type LabelSelector } from '../../model/labels';
import type { ResourceType } from '../../model/ResourceType';
import type { ClusterObjects } from '../../ports/ClusterObjects';
import { asJson } from './asJson';
import { CONTROLLER_MANAGER } from './ControllerContext';
import { isPassing } from './isPassing';
import { controllerOf, controllerReference, ownersOf } from './ownership';

export interface ClaimOptions {
  objects: ClusterObjects;
  owner: KubernetesObject;
  selector: LabelSelector | undefined;
  /** Kind of what is claimed. */
  type: ResourceType;
}

/**
 * What belongs to a controller: its own that still match its selector, and
 * orphans that match, which it adopts. Its own that do not match any more are
 * let go. One that is being deleted takes and drops nothing.
 */
export function claim(options: ClaimOptions): KubernetesObject[] {
  const { objects, owner, selector, type } = options;
  const deleting = owner.metadata.deletionTimestamp !== undefined;
  const claimed: KubernetesObject[] = [];
  const { items } = objects.list(type, { namespace: owner.metadata.namespace });
  for (const object of items) {
    const controller = controllerOf(object);
    const matches = matchesSelector(object.metadata.labels, selector);
    if (controller !== undefined) {
      if (controller.uid !== owner.metadata.uid) {
        continue;
      }
      if (matches) {
        claimed.push(object);
      } else if (!deleting) {
        release(options, object);
      }
    } else if (
      matches &&
      !deleting &&
      object.metadata.deletionTimestamp === undefined
    ) {
      const adopted = adopt(options, object);
      if (adopted !== undefined) {
        claimed.push(adopted);
      }
    }
  }
  return claimed;
}

function adopt(
  { objects, owner, type }: ClaimOptions,
  object: KubernetesObject,
): KubernetesObject | undefined {
  return writeOwners(objects, type, object, [
    ...ownersOf(object),
    controllerReference(owner),
  ]);
}

function release(
  { objects, owner, type }: ClaimOptions,
  object: KubernetesObject,
): void {
  writeOwners(
    objects,
    type,
    object,
    ownersOf(object).filter(({ uid }) => uid !== owner.metadata.uid),
  );
}

function writeOwners(
  objects: ClusterObjects,
  type: ResourceType,
  object: KubernetesObject,
  ownerReferences: readonly unknown[],
): KubernetesObject | undefined {
  try {
    return objects.update(
      type,
      object.metadata,
      asJson({
        ...object,
        metadata: {
          ...object.metadata,
          ownerReferences:
            ownerReferences.length === 0 ? undefined : ownerReferences,
        },
      }),
      { manager: CONTROLLER_MANAGER },
    ).object;
  } catch (error) {
    // It changed or went meanwhile; its event brings the owner back here.
    if (isPassing(error)) {
      return undefined;
    }
    throw error;
  }
}
