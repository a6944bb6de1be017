import { FieldSet } from './FieldSet';
import type { MergeType } from './mergeType';
import { fieldName, type PathElement } from './pathElement';

/**
 * A set that was written under an earlier schema, in terms of the present one:
 * who owned a part of what is atomic now owns the whole. The set itself where
 * nothing of that kind is in it.
 */
export function settleFields(type: MergeType, set: FieldSet): FieldSet {
  let members = set.members;
  let children = set.children;
  for (const [element, child] of set.children) {
    const below = typeBelow(type, element);
    if (!below) {
      continue;
    }
    const settled = isAtomic(below) ? undefined : settleFields(below, child);
    if (settled === child) {
      continue;
    }
    children = new Map(children);
    if (settled) {
      children.set(element, settled);
    } else {
      children.delete(element);
      members = new Set(members).add(element);
    }
  }
  return children === set.children ? set : new FieldSet(members, children);
}

function typeBelow(
  { map, list }: MergeType,
  element: PathElement,
): MergeType | undefined {
  const name = fieldName(element);
  return name === undefined ? list?.element : map?.field(name) ?? map?.element;
}

/** By the shape that the type is first of all. */
function isAtomic({ map, scalar, list }: MergeType): boolean {
  if (map) {
    return map.atomic;
  }
  return scalar === undefined && list !== undefined && list.atomic;
}
