import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { ChangeSetEntry } from '../../model/ChangeSet';
import { KubernetesClient } from '../../ports/KubernetesClient';
import { ApplySet, parentRefOf } from './ApplySet';
import { APPLY_SET_ANNOTATIONS } from './applySetNames';
import { isSaidBy, lastTaskOf, parentObject, SetReach } from './parentObject';

/**
 * Lets the parent of a set say where its members are; written only where it
 * does not say so already.
 *
 * @returns the parent as it is stored then, and what was done
 */
export async function writeParent(options: {
  client: KubernetesClient;
  set: ApplySet;
  /** As it is stored; undefined: there is none. */
  stored: KubernetesObject | undefined;
  reach: SetReach;
  /** Whether the run changes the set, so that its task is noted. */
  changes: boolean;
  signal?: AbortSignal;
}): Promise<{ parent: KubernetesObject; entry: ChangeSetEntry }> {
  const { client, set, stored, reach, changes, signal } = options;
  const ref = parentRefOf(set);
  const wanted = parentObject(set, {
    reach,
    entityRef:
      set.entityRef ??
      stored?.metadata.annotations?.[APPLY_SET_ANNOTATIONS.entityRef],
    lastTask: changes ? set.task ?? lastTaskOf(stored) : lastTaskOf(stored),
  });
  if (stored !== undefined && isSaidBy(stored, wanted)) {
    return {
      parent: stored,
      entry: {
        ref,
        action: 'unchanged',
        uid: stored.metadata.uid,
        warnings: [],
      },
    };
  }
  // It says itself that it is ours, whoever else has written it since.
  const { object, warnings } = await client.apply(wanted, {
    force: true,
    signal,
  });
  return {
    parent: object,
    entry: {
      ref,
      action: stored === undefined ? 'created' : 'configured',
      uid: object.metadata.uid,
      reason: 'stands for the set',
      warnings,
    },
  };
}
