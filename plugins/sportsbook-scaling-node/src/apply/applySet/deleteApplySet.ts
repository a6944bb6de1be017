import {
  formatObjectRef,
  ObjectRef,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { InputError } from '@backstage/errors';
import { ChangeSetEntry } from '../../model/ChangeSet';
import { KubernetesClient } from '../../ports/KubernetesClient';
import { findObject } from '../findObject';
import { ApplySet, parentRefOf } from './ApplySet';
import { findMembers, SetMember } from './findMembers';
import { parentProblem, reachOf } from './parentObject';

/** A set as a deletion finds it. */
export interface SetToDelete {
  /** The ConfigMap that stands for it; undefined: there is none, and nothing is known of members. */
  parent?: { ref: ObjectRef; uid?: string };
  /** What an apply of the set made. */
  members: SetMember[];
}

/**
 * Finds the members of a set that shall be deleted.
 *
 * @throws InputError where the ConfigMap does not stand for a set of ours, or
 *   members may be where nobody may look: a set that is half gone helps nobody
 */
export async function findApplySet(options: {
  client: KubernetesClient;
  set: ApplySet;
  /** In which members may be. */
  allowedNamespaces: string[];
  signal?: AbortSignal;
}): Promise<SetToDelete> {
  const { client, set, allowedNamespaces, signal } = options;
  const ref = parentRefOf(set);
  if (!allowedNamespaces.includes(set.namespace)) {
    throw new InputError(
      `Nothing was deleted: ${formatObjectRef(
        ref,
      )} is outside ${allowedNamespaces
        .map(name => `'${name}'`)
        .join(', ')}. Add the namespace to otherNamespaces.`,
    );
  }
  const stored = await findObject(client, ref, signal);
  if (stored === undefined) {
    return { members: [] };
  }
  const problem = parentProblem(set, stored);
  if (
    problem !== undefined &&
    stored.metadata.deletionTimestamp === undefined
  ) {
    throw new InputError(`Nothing was deleted: ${problem}`);
  }
  const { members, warnings } = await findMembers({
    client,
    catalog: await client.discover({ fresh: true, signal }),
    set,
    reach: reachOf(stored),
    allowedNamespaces,
    signal,
  });
  if (warnings.length > 0) {
    throw new InputError(`Nothing was deleted. ${warnings.join('; ')}`);
  }
  return {
    parent: { ref, uid: stored.metadata.uid },
    // What a controller made goes with what it belongs to.
    members: members.filter(({ notOurs }) => notOurs === undefined),
  };
}

/**
 * Deletes the ConfigMap of a set, the last of it, unless members are left by
 * which somebody has to find them.
 */
export async function deleteParent(options: {
  client: KubernetesClient;
  parent: NonNullable<SetToDelete['parent']>;
  /** Members that were left alone. */
  left: ObjectRef[];
  plan: boolean;
  signal?: AbortSignal;
}): Promise<ChangeSetEntry> {
  const { client, parent, left, plan, signal } = options;
  const { ref, uid } = parent;
  if (left.length > 0) {
    return {
      ref,
      uid,
      action: 'skipped',
      reason: `it stands for what is left of the set: ${left
        .map(formatObjectRef)
        .join(', ')}`,
      warnings: [],
    };
  }
  if (!plan) {
    await client.delete(ref, { uid, signal });
  }
  return {
    ref,
    uid,
    action: 'deleted',
    reason: 'stood for the set',
    warnings: [],
  };
}
