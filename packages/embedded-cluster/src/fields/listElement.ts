import type { ListMergeType } from './mergeType';
import { keyElement, valueElement, type PathElement } from './pathElement';
import { isRecord } from '../model/jsonRecord';

export type ListElement =
  | { status: 'ok'; element: PathElement }
  | { status: 'invalid'; reason: string };

/** The path element of an item of a list that is owned item by item. */
export function listElement(list: ListMergeType, item: unknown): ListElement {
  return list.keys.length > 0 ? keyedItem(list, item) : setItem(item);
}

/** As listElement, of lists that were validated before. */
export function validListElement(
  list: ListMergeType,
  item: unknown,
): PathElement {
  const found = listElement(list, item);
  if (found.status === 'invalid') {
    throw new Error(`a validated list has an item of no key: ${found.reason}`);
  }
  return found.element;
}

function keyedItem(list: ListMergeType, item: unknown): ListElement {
  if (item === null || item === undefined) {
    return invalid('associative list with keys may not have a null element');
  }
  if (!isRecord(item)) {
    return invalid('associative list with keys may not have non-map elements');
  }
  const keys: [string, unknown][] = [];
  for (const key of list.keys) {
    if (Object.hasOwn(item, key)) {
      keys.push([key, item[key]]);
    } else {
      const value = list.keyDefault(key);
      if (value !== undefined) {
        keys.push([key, value]);
      }
    }
  }
  if (keys.length === 0) {
    return invalid(
      `associative list with keys has an element that omits all key fields [${list.keys
        .map(key => JSON.stringify(key))
        .join(' ')}] (and doesn't have default values for any key fields)`,
    );
  }
  return { status: 'ok', element: keyElement(keys) };
}

function setItem(item: unknown): ListElement {
  if (isRecord(item)) {
    return invalid(
      "associative list without keys has an element that's a map type",
    );
  }
  if (Array.isArray(item)) {
    return invalid('not supported: associative list with lists as elements');
  }
  if (item === null || item === undefined) {
    return invalid(
      "associative list without keys has an element that's an explicit null",
    );
  }
  return { status: 'ok', element: valueElement(item) };
}

function invalid(reason: string): ListElement {
  return { status: 'invalid', reason };
}
