import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { compareValues, type Comparison } from './compareValues';
import { ConflictError, type Conflict } from './ConflictError';
import type { FieldSet } from './FieldSet';
import type { Managers } from './managers';
import type { MergeType } from './mergeType';

export interface TakeOver {
  type: MergeType;
  before: KubernetesObject;
  after: KubernetesObject;
  managers: Managers;
  /** Key of the one who writes: it cannot be in conflict with itself. */
  writer: string;
  /** Fields that this write does not change, whatever it says. */
  reset: FieldSet;
  /** Take fields that differ from their owners instead of refusing. */
  force: boolean;
}

/**
 * What a write does to the ownership of all others: they lose the fields that
 * it changes and those that are no longer there. Changes `managers`.
 *
 * @returns the difference that the write makes
 * @throws StatusError 409 where others own what it changes and it may not take them over
 */
export function takeOver(options: TakeOver): Comparison {
  const { type, before, after, managers, writer, reset, force } = options;
  const comparison = without(compareValues(type, before, after), reset);
  const changed = comparison.modified.union(comparison.added);
  const conflicts: Conflict[] = [];
  const left = new Map<string, FieldSet>();
  for (const [key, { identity, set, time }] of managers) {
    if (key === writer) {
      continue;
    }
    const taken = set.intersection(changed);
    for (const path of taken.paths()) {
      conflicts.push({ owner: identity, time, path });
    }
    left.set(key, set.difference(taken).difference(comparison.removed));
  }
  if (conflicts.length > 0 && !force) {
    throw new ConflictError(conflicts);
  }
  for (const [key, set] of left) {
    const ownership = managers.get(key);
    if (ownership && set !== ownership.set) {
      managers.set(key, { ...ownership, set });
    }
  }
  for (const [key, { set }] of managers) {
    if (set.isEmpty()) {
      managers.delete(key);
    }
  }
  return comparison;
}

function without(comparison: Comparison, reset: FieldSet): Comparison {
  return {
    removed: comparison.removed.recursiveDifference(reset),
    modified: comparison.modified.recursiveDifference(reset),
    added: comparison.added.recursiveDifference(reset),
  };
}
