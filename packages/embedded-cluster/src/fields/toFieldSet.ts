import { FieldSet } from './FieldSet';

import { validListElement } from './listElement';
import type { ListMergeType, MapMergeType, MergeType } from './mergeType';
import { fieldElement, type PathElement } from './pathElement';
import { asList, asMap, fieldType, shapeOf } from './shapeOf';
import { isRecord } from '../model/jsonRecord';

/** The fields that a value names: its leaves, the items of its lists, and what is empty. */
export function toFieldSet(type: MergeType, value: unknown): FieldSet {
  const set = new FieldSet();
  visit(type, value, set, undefined);
  return set;
}

/** Adds what the value names to the node that its parent's `element` leads to. */
function visit(
  type: MergeType,
  value: unknown,
  parent: FieldSet,
  element: PathElement | undefined,
): void {
  const shape = shapeOf(type, value);
  if (shape.kind === 'scalar' || shape.type.atomic) {
    if (element !== undefined) {
      parent.members.add(element);
    }
    return;
  }
  const below = element === undefined ? parent : new FieldSet();
  if (shape.kind === 'map') {
    visitMap(shape.type, value, below);
  } else {
    visitList(shape.type, value, below);
  }
  if (
    element !== undefined &&
    (below.members.size > 0 || below.children.size > 0)
  ) {
    parent.children.set(element, below);
  }
}

function visitMap(type: MapMergeType, value: unknown, set: FieldSet): void {
  const map = asMap(value);
  for (const name of Object.keys(map ?? {})) {
    const child = map?.[name];
    const childType = fieldType(type, name);
    if (!childType) {
      continue;
    }
    const element = fieldElement(name);
    visit(childType, child, set, element);
    // A field that the schema names is there whenever something is in it; one
    // that it does not name, or an empty one, is owned for itself.
    if (isEmpty(child) || !type.field(name)) {
      set.members.add(element);
    }
  }
}

function isEmpty(value: unknown): boolean {
  return (
    value === null ||
    value === undefined ||
    (isRecord(value) && Object.keys(value).length === 0)
  );
}

function visitList(type: ListMergeType, value: unknown, set: FieldSet): void {
  const list = asList(value) ?? [];
  const elements = list.map(item => validListElement(type, item));
  const seen = new Set<PathElement>();
  const repeated = new Set<PathElement>();
  for (const element of elements) {
    if (seen.has(element)) {
      repeated.add(element);
    }
    seen.add(element);
  }
  for (const [at, element] of elements.entries()) {
    // Of items with the same keys nobody can tell whose field is whose.
    if (!repeated.has(element)) {
      visit(type.element, list[at], set, element);
    }
    set.members.add(element);
  }
}
