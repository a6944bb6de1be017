import { isRecord, type JsonRecord } from '../model/jsonRecord';

/** A copy that shares nothing. */
export function copyJson(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(copyJson);
  }
  return isRecord(value) ? copyRecord(value) : value;
}

export function copyRecord(record: JsonRecord): JsonRecord {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name, copyJson(value)]),
  );
}

/** Equal as JSON: the order of an object's members does not count. */
export function jsonEquals(one: unknown, other: unknown): boolean {
  if (one === other) {
    return true;
  }
  if (Array.isArray(one)) {
    return (
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((item, at) => jsonEquals(item, other[at]))
    );
  }
  if (!isRecord(one) || !isRecord(other)) {
    return false;
  }
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every(
      name => Object.hasOwn(other, name) && jsonEquals(one[name], other[name]),
    )
  );
}
