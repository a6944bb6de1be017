/** What Go's decoder calls a JSON value in its errors. */
export function printJsonKind(value: unknown): string {
  if (Array.isArray(value)) {
    return 'array';
  }
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'number':
      return 'number';
    case 'boolean':
      return 'bool';
    default:
      return value === null || value === undefined ? 'null' : 'object';
  }
}
