import { FieldSet } from './FieldSet';
import type { MergeType } from './mergeType';
import { fieldName } from './pathElement';

/**
 * The set with those fields that exist only through what is in them: a set of
 * `a.b.c` also owns `a`, if the schema names it, but not `a.b`, if that is a
 * key of a map.
 */
export function withNamedFields(
  type: MergeType | undefined,
  set: FieldSet,
): FieldSet {
  if (set.children.size === 0) {
    return set;
  }
  const members = new Set(set.members);
  const children = new Map<string, FieldSet>();
  for (const [element, child] of set.children) {
    const name = fieldName(element);
    const named = name === undefined ? undefined : type?.map?.field(name);
    if (named) {
      members.add(element);
    }
    let below = named;
    if (name !== undefined) {
      below ??= type?.map?.element;
    } else if (element.startsWith('k:')) {
      below = type?.list?.element;
    }
    children.set(element, withNamedFields(below, child));
  }
  return new FieldSet(members, children);
}
