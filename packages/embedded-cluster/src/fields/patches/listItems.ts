import { printGoType, printGoValue } from '../printGo';
import { refused } from './strategicErrors';
import { isRecord } from '../../model/jsonRecord';

/** What tells items apart: their merge key, or scalars themselves. */
export function keyOf(
  item: unknown,
  mergeKey: string | undefined,
  needed: boolean = false,
): unknown {
  if (mergeKey === undefined) {
    return item;
  }
  if (!isRecord(item)) {
    throw refused(
      `expected a map[string]interface {}, but received a ${printGoType(item)}`,
    );
  }
  if (needed && !(mergeKey in item)) {
    throw refused(
      `map: ${printGoValue(
        item,
      )} does not contain declared merge key: ${mergeKey}`,
    );
  }
  return item[mergeKey];
}

/** @throws StatusError where it is no list */
export function asList(value: unknown): unknown[] {
  if (!Array.isArray(value)) {
    throw refused(
      `expected a []interface {}, but received a ${printGoType(value)}`,
    );
  }
  return value;
}
