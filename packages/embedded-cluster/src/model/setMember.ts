/**
 * Gives an object a member of a name that a user chose. An assignment would
 * lose one that is called `__proto__`.
 */
export function setMember<Value>(
  record: Record<string, Value>,
  name: string,
  value: NoInfer<Value>,
): void {
  if (name === '__proto__') {
    Object.defineProperty(record, name, {
      value,
      configurable: true,
      enumerable: true,
      writable: true,
    });
  } else {
    record[name] = value;
  }
}
