import type { FieldSet } from './FieldSet';

import { validListElement } from './listElement';
import type { ListMergeType, MapMergeType, MergeType } from './mergeType';
import { fieldElement } from './pathElement';
import { asList, asMap, fieldType, shapeOf } from './shapeOf';
import { setMember } from '../model/setMember';
import { type JsonRecord } from '../model/jsonRecord';

/**
 * The value without the fields and items of a set.
 *
 * @returns null where nothing is left of it
 */
export function removeFields(
  type: MergeType,
  value: unknown,
  set: FieldSet,
): unknown {
  const shape = shapeOf(type, value);
  switch (shape.kind) {
    case 'map':
      return fromMap(shape.type, value, set);
    case 'list':
      return fromList(shape.type, value, set);
    default:
      return value;
  }
}

function fromMap(type: MapMergeType, value: unknown, set: FieldSet): unknown {
  const map = asMap(value);
  if (!map || type.atomic) {
    return null;
  }
  const left: JsonRecord = {};
  let same = true;
  for (const name of Object.keys(map)) {
    const element = fieldElement(name);
    if (set.members.has(element)) {
      same = false;
      continue;
    }
    const below = set.children.get(element);
    const child = fieldType(type, name);
    const rest =
      below && child && !below.isEmpty()
        ? removeFields(child, map[name], below)
        : map[name];
    if (rest !== map[name]) {
      same = false;
    }
    setMember(left, name, rest);
  }
  if (same && Object.keys(map).length > 0) {
    return map;
  }
  return Object.keys(left).length > 0 ? left : null;
}

function fromList(type: ListMergeType, value: unknown, set: FieldSet): unknown {
  const list = asList(value);
  if (!list || type.atomic) {
    return null;
  }
  const left: unknown[] = [];
  let same = true;
  for (const item of list) {
    const element = validListElement(type, item);
    if (set.members.has(element)) {
      same = false;
      continue;
    }
    const below = set.children.get(element);
    const rest =
      below && !below.isEmpty()
        ? removeFields(type.element, item, below)
        : item;
    if (rest !== item) {
      same = false;
    }
    left.push(rest);
  }
  if (same && list.length > 0) {
    return list;
  }
  return left.length > 0 ? left : null;
}
