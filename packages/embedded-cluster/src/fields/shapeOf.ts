import type { ListMergeType, MapMergeType, MergeType } from './mergeType';
import { isRecord, type JsonRecord } from '../model/jsonRecord';

/** How a value of a type is walked: as one of the shapes that the type has. */
export type Shape =
  | { kind: 'map'; type: MapMergeType }
  | { kind: 'scalar'; type: NonNullable<MergeType['scalar']> }
  | { kind: 'list'; type: ListMergeType };

/**
 * The shape that the value itself has, if the type allows it; otherwise (and
 * for null) the first that the type has, so that what is wrong is found there.
 */
export function shapeOf(type: MergeType, value: unknown): Shape {
  const { map, list, scalar } = type;
  if (isRecord(value)) {
    if (map) {
      return { kind: 'map', type: map };
    }
  } else if (Array.isArray(value)) {
    if (list) {
      return { kind: 'list', type: list };
    }
  } else if (value !== null && value !== undefined && scalar) {
    return { kind: 'scalar', type: scalar };
  }
  if (map) {
    return { kind: 'map', type: map };
  }
  if (scalar) {
    return { kind: 'scalar', type: scalar };
  }
  if (list) {
    return { kind: 'list', type: list };
  }
  throw new Error('a merge type allows no value at all');
}

/** Undefined where it is none: null counts as an object or list without anything in it. */
export function asMap(value: unknown): JsonRecord | undefined {
  return isRecord(value) ? value : undefined;
}

export function asList(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

/** Type of an object's field: its own, or that of the fields without a name in the schema. */
export function fieldType(
  map: MapMergeType,
  name: string,
): MergeType | undefined {
  return map.field(name) ?? map.element;
}
