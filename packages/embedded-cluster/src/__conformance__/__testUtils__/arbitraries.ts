import fc, { type Arbitrary } from 'fast-check';
import type { JsonRecord } from './Step';
import { isRecord } from '../../model/jsonRecord';

/** An object with any of these fields. */
export function some(
  fields: Record<string, Arbitrary<unknown>>,
): Arbitrary<JsonRecord> {
  return fc.record(fields, { requiredKeys: [], noNullPrototype: true });
}

/** An object with all of these fields. */
export function all(
  fields: Record<string, Arbitrary<unknown>>,
): Arbitrary<JsonRecord> {
  return fc.record(fields, { noNullPrototype: true });
}

/** A few of the keys, each with one of the values. */
export function mapOf(
  keys: readonly string[],
  values: readonly unknown[],
): Arbitrary<JsonRecord> {
  return some(
    Object.fromEntries(keys.map(key => [key, fc.constantFrom(...values)])),
  );
}

/** Items of a list whose keys differ, in any order. */
export function listOf(
  items: Arbitrary<JsonRecord>,
  keys: readonly string[],
  maxLength: number = 3,
): Arbitrary<JsonRecord[]> {
  return fc.uniqueArray(items, {
    maxLength,
    selector: item => JSON.stringify(keys.map(key => item[key] ?? null)),
  });
}

export const labels = mapOf(['one', 'two'], ['a', 'b']);

/** What any object's metadata may say. */
export const metadata: Arbitrary<JsonRecord> = some({
  labels,
  annotations: mapOf(['note', 'other'], ['a', 'b']),
  finalizers: fc.subarray(['example.com/first', 'example.com/second'], {
    minLength: 1,
  }),
});

/** Replaces some values of an object by null, which removes them in merge patches. */
export function withNulls(value: Arbitrary<JsonRecord>): Arbitrary<JsonRecord> {
  return fc
    .tuple(value, fc.infiniteStream(fc.integer({ min: 0, max: 7 })))
    .map(([{ metadata: about, ...object }, dice]) => ({
      ...nulled(object, dice),
      // Without all of its metadata an object has no name: not of interest twice.
      ...(isRecord(about) ? { metadata: nulled(about, dice) } : {}),
    }));
}

function nulled(object: JsonRecord, dice: Iterator<number>): JsonRecord {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => {
      if (dice.next().value === 0) {
        return [key, null];
      }
      return [key, isRecord(value) ? nulled(value, dice) : value];
    }),
  );
}
