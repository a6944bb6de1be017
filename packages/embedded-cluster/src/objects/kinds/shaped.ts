/**
 * Reads a value as what its kind's schema says it is. Decoding has checked the
 * object against that schema, so that the fields, where they are present, have
 * the types that the schema gives them; `T` therefore has all fields optional
 * but those that decoding guarantees.
 */
export function shaped<T>(value: unknown): T {
  return value as T;
}
