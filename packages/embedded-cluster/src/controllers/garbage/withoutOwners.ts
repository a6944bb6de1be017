import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { asJson } from '../foundation/asJson';
import {
  CONTROLLER_MANAGER,
  type ControllerContext,
} from '../foundation/ControllerContext';
import { isPassing } from '../foundation/isPassing';
import { ownersOf } from '../foundation/ownership';
import type { Node } from './OwnershipGraph';

/** Takes owners out of an object, by their uids. */
export function withoutOwners(
  context: ControllerContext,
  node: Node,
  owners: ReadonlySet<string>,
): void {
  changeMetadata(context, node, object => {
    const kept = ownersOf(object).filter(({ uid }) => !owners.has(uid));
    return { ownerReferences: kept.length === 0 ? undefined : kept };
  });
}

/** Takes a finalizer out of an object, which lets it go if it was the last. */
export function withoutFinalizer(
  context: ControllerContext,
  node: Node,
  finalizer: string,
): void {
  changeMetadata(context, node, object => {
    const kept = (object.metadata.finalizers ?? []).filter(
      name => name !== finalizer,
    );
    return { finalizers: kept.length === 0 ? undefined : kept };
  });
}

function changeMetadata(
  { objects }: ControllerContext,
  { type, key, uid }: Node,
  changed: (object: KubernetesObject) => Record<string, unknown>,
): void {
  const object = objects.find(type, key);
  if (object === undefined || object.metadata.uid !== uid) {
    return;
  }
  try {
    objects.update(
      type,
      key,
      asJson({
        ...object,
        metadata: { ...object.metadata, ...changed(object) },
      }),
      { manager: CONTROLLER_MANAGER },
    );
  } catch (error) {
    if (!isPassing(error)) {
      throw error;
    }
  }
}
