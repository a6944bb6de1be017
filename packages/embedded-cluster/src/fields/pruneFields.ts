import { FieldSet } from './FieldSet';
import type { Managers } from './managers';
import type { MergeType } from './mergeType';
import { removeFields } from './removeFields';
import { toFieldSet } from './toFieldSet';
import { withNamedFields } from './withNamedFields';

/**
 * Takes out of a merged object what its manager applied last time, does not
 * apply now, and nobody else owns.
 *
 * @param last - what the manager owned by its last apply
 * @param managers - all owners, the manager with what it applies now
 */
export function pruneFields(
  type: MergeType,
  merged: unknown,
  last: FieldSet,
  managers: Managers,
): unknown {
  if (last.isEmpty()) {
    return merged;
  }
  const lastNamed = withNamedFields(type, last);
  const owned = withNamedFields(type, ownedByAnyone(managers));
  if (lastNamed.difference(owned).isEmpty()) {
    // Everything that could go is applied again or belongs to others.
    return merged;
  }
  const mergedSet = withNamedFields(type, toFieldSet(type, merged));

  const stripped = removeFields(type, merged, lastNamed);
  const kept = fieldsOf(type, stripped).union(owned);
  const withOwned = removeFields(type, merged, mergedSet.difference(kept));

  // Items that went with their list or object although the manager never had them.
  const gone = mergedSet.difference(fieldsOf(type, withOwned));
  return removeFields(type, merged, gone.intersection(lastNamed));
}

function ownedByAnyone(managers: Managers): FieldSet {
  let all = FieldSet.empty;
  for (const { set } of managers.values()) {
    all = all.union(set);
  }
  return all;
}

function fieldsOf(type: MergeType, value: unknown): FieldSet {
  return withNamedFields(type, toFieldSet(type, value));
}
