/**
 * A deep copy of plain JSON. Not `structuredClone`, whose copies have the
 * prototypes of another realm under jest, and equal nothing.
 */
export function cloneJson<T>(value: T): T {
  return value === undefined ? value : JSON.parse(JSON.stringify(value));
}
