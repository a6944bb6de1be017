import { isDeepStrictEqual } from 'node:util';
import { isJsonRecord, JsonRecord } from '../model/jsonRecord';

/**
 * Kubernetes' way to write a set of fields: `f:` a key, `k:` a list item by its
 * keys, `v:` a list item by its value, `i:` by its index, `.` the thing itself.
 * https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management
 */
export type FieldsV1 = JsonRecord;

function fieldsBelow(fields: FieldsV1, key: string): FieldsV1 | undefined {
  const below = fields[key];
  return isJsonRecord(below) ? below : undefined;
}

/** All fields of all sets. */
export function uniteFields(sets: readonly FieldsV1[]): FieldsV1 {
  const keys = new Set(sets.flatMap(set => Object.keys(set)));
  return Object.fromEntries(
    [...keys].map(key => [
      key,
      uniteFields(
        sets
          .map(set => fieldsBelow(set, key))
          .filter(below => below !== undefined),
      ),
    ]),
  );
}

/** Where a list's item is that a `k:`, `v:` or `i:` names; -1: nowhere. */
function indexOfItem(list: unknown[], key: string): number {
  const text = key.slice(2);
  if (key.startsWith('i:')) {
    return Number(text) < list.length ? Number(text) : -1;
  }
  const wanted: unknown = JSON.parse(text);
  return list.findIndex(item =>
    key.startsWith('v:')
      ? isDeepStrictEqual(item, wanted)
      : isJsonRecord(item) &&
        isJsonRecord(wanted) &&
        Object.entries(wanted).every(([name, value]) =>
          isDeepStrictEqual(item[name], value),
        ),
  );
}

/** Fields that are in both sets. */
export function commonFields(one: FieldsV1, other: FieldsV1): FieldsV1 {
  return Object.fromEntries(
    Object.keys(one)
      .filter(key => key in other)
      .map(key => [
        key,
        commonFields(
          fieldsBelow(one, key) ?? {},
          fieldsBelow(other, key) ?? {},
        ),
      ]),
  );
}

/** What a value has at the fields of a set, by their keys in the set. */
export function valuesAt(value: unknown, fields: FieldsV1): unknown {
  const keys = Object.keys(fields).filter(key => key !== '.');
  if (keys.length === 0) {
    return value;
  }
  const childAt = (key: string): unknown => {
    if (Array.isArray(value)) {
      return value[indexOfItem(value, key)];
    }
    return isJsonRecord(value) ? value[key.slice(2)] : undefined;
  };
  return Object.fromEntries(
    keys.map(key => [
      key,
      valuesAt(childAt(key), fieldsBelow(fields, key) ?? {}),
    ]),
  );
}

/** Whether a set names the thing itself, rather than something within it. */
function namesItself(fields: FieldsV1): boolean {
  return '.' in fields || Object.keys(fields).length === 0;
}

function withoutFields(
  value: unknown,
  dropped: FieldsV1,
  kept: FieldsV1,
): unknown {
  const result: unknown = Array.isArray(value) ? [...value] : value;
  if (!Array.isArray(result) && !isJsonRecord(result)) {
    return result;
  }
  const record: JsonRecord = isJsonRecord(result) ? { ...result } : {};
  const gone = new Set<number>();
  for (const key of Object.keys(dropped).filter(name => name !== '.')) {
    const below = fieldsBelow(dropped, key) ?? {};
    const keptBelow = fieldsBelow(kept, key);
    const isGone = keptBelow === undefined && namesItself(below);
    if (Array.isArray(result)) {
      const index = indexOfItem(result, key);
      if (index >= 0 && isGone) {
        gone.add(index);
      } else if (index >= 0) {
        result[index] = withoutFields(result[index], below, keptBelow ?? {});
      }
    } else {
      const name = key.slice(2);
      if (isGone) {
        delete record[name];
      } else if (name in record) {
        record[name] = withoutFields(record[name], below, keptBelow ?? {});
      }
    }
  }
  return Array.isArray(result)
    ? result.filter((_, index) => !gone.has(index))
    : record;
}

/**
 * What remains of a value when its owner gives `dropped` up, and the owners of
 * `kept` do not: as the server computes it, apart from defaults, which it fills
 * in again.
 */
export function dropFields<T extends object>(
  value: T,
  sets: { dropped: FieldsV1; kept: readonly FieldsV1[] },
): T {
  return withoutFields(value, sets.dropped, uniteFields(sets.kept)) as T;
}
