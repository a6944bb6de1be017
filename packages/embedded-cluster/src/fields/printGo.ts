import { isRecord } from '../model/jsonRecord';

// The API server puts values into messages as Go prints them.

/** The type's name, as `%T`. */
export function printGoType(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'boolean':
      return 'bool';
    case 'number':
      return Number.isInteger(value) ? 'int64' : 'float64';
    default:
      if (Array.isArray(value)) {
        return '[]interface {}';
      }
      return isRecord(value) ? 'map[string]interface {}' : '<nil>';
  }
}

/** For reading, as `%v`. */
export function printGoValue(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(printGoValue).join(' ')}]`;
  }
  if (isRecord(value)) {
    return `map[${Object.keys(value)
      .sort()
      .map(key => `${key}:${printGoValue(value[key])}`)
      .join(' ')}]`;
  }
  return value === null || value === undefined ? '<nil>' : String(value);
}

/** As source text, as `%#v`. */
export function printGoSyntax(value: unknown): string {
  if (Array.isArray(value)) {
    return `[]interface {}{${value.map(printGoSyntax).join(', ')}}`;
  }
  if (isRecord(value)) {
    return `map[string]interface {}{${Object.keys(value)
      .sort()
      .map(key => `${JSON.stringify(key)}:${printGoSyntax(value[key])}`)
      .join(', ')}}`;
  }
  if (value === null || value === undefined) {
    return 'interface {}(nil)';
  }
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
