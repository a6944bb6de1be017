/** What Go calls the type of a JSON value in its errors. */
export function jsonTypeName(value: unknown): string {
  if (Array.isArray(value)) {
    return 'array';
  }
  return typeof value === 'boolean' ? 'bool' : typeof value;
}
