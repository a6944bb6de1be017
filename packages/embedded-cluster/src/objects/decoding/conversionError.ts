/** What is wrong with a value in the words of the server's other reader, which strategic merge patches pass through. */
export function conversionError(value: unknown, expected: string): string {
  const kind = goKind(value);
  if (expected.startsWith('map[')) {
    return `cannot restore map from ${kind}`;
  }
  if (expected.startsWith('[]')) {
    return `cannot restore slice from ${kind}`;
  }
  if (expected.includes('.')) {
    return `cannot restore struct from: ${kind}`;
  }
  // Go itself would make a text of a number and cut a fraction off.
  return (kind === 'int64' && expected === 'string') ||
    (kind === 'float64' && expected.startsWith('int'))
    ? `cannot convert ${kind} to ${expected}`
    : `unrecognized type: ${expected}`;
}

function goKind(value: unknown): string {
  if (Array.isArray(value)) {
    return 'slice';
  }
  switch (typeof value) {
    case 'boolean':
      return 'bool';
    case 'number':
      return Number.isInteger(value) ? 'int64' : 'float64';
    case 'string':
      return 'string';
    default:
      return 'map';
  }
}
