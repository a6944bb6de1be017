import { FieldSet } from './FieldSet';

import {
  comparePathElements,
  parsePathElement,
  type PathElement,
} from './pathElement';
import { isRecord } from '../model/jsonRecord';

/** `fieldsV1` of a managedFields entry: a tree of path elements, `.` marking inner members. */
export type FieldsV1 = { readonly [element: string]: FieldsV1 };

// Stored objects are shared and never changed, so neither are the trees in
// them: each is read once, and a set that stays as it was is written as it was.
const setOf = new WeakMap<object, FieldSet>();
const treeOf = new WeakMap<FieldSet, FieldsV1>();

export function readFieldsV1(tree: unknown): FieldSet {
  if (!isRecord(tree)) {
    return FieldSet.empty;
  }
  const known = setOf.get(tree);
  if (known) {
    return known;
  }
  const { set } = read(tree);
  setOf.set(tree, set);
  return set;
}

export function writeFieldsV1(set: FieldSet): FieldsV1 {
  const known = treeOf.get(set);
  if (known) {
    return known;
  }
  const tree = write(set, false);
  treeOf.set(set, tree);
  setOf.set(tree, set);
  return tree;
}

/** A node without children below it is a member; with children it is one when it has `.`. */
function read(tree: Record<string, unknown>): {
  set: FieldSet;
  isMember: boolean;
} {
  const set = new FieldSet();
  let isMember = false;
  for (const key of Object.keys(tree)) {
    if (key === '.') {
      isMember = true;
      continue;
    }
    const element = parsePathElement(key);
    if (element === undefined) {
      continue;
    }
    const below = tree[key];
    const child = read(isRecord(below) ? below : {});
    if (child.isMember) {
      set.members.add(element);
    }
    if (child.set.members.size > 0 || child.set.children.size > 0) {
      set.children.set(element, child.set);
    }
  }
  return {
    set,
    isMember: isMember || (set.members.size === 0 && set.children.size === 0),
  };
}

const LEAF: FieldsV1 = {};

function write(set: FieldSet, isMember: boolean): FieldsV1 {
  const tree: Record<PathElement, FieldsV1> = {};
  if (isMember) {
    tree['.'] = LEAF;
  }
  const elements = [...set.members];
  for (const element of set.children.keys()) {
    if (!set.members.has(element)) {
      elements.push(element);
    }
  }
  elements.sort(comparePathElements);
  for (const element of elements) {
    const child = set.children.get(element);
    tree[element] = child ? write(child, set.members.has(element)) : LEAF;
  }
  return tree;
}
