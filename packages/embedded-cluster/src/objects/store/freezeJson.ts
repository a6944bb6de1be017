/**
 * Freezes JSON data through and through, so that whoever changes an object
 * that others share learns of it at once. What is frozen already is not
 * walked again: versions of an object share most of their parts.
 */
export function freezeJson<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const child of Object.values(value)) {
      freezeJson(child);
    }
  }
  return value;
}
