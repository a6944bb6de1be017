import type { TypeSchema } from '../../model/TypeSchema';

/** Words of CEL that a field may have for a name; expressions write `__in__`. */
const RESERVED = new Set([
  'true',
  'false',
  'null',
  'in',
  'as',
  'break',
  'const',
  'continue',
  'else',
  'for',
  'function',
  'if',
  'import',
  'let',
  'loop',
  'package',
  'namespace',
  'return',
  'var',
  'void',
  'while',
]);

/** JSON data as expressions see it: integers are integers, times are times. */
export function toCel(value: unknown, schema: TypeSchema | undefined): unknown {
  if (typeof value === 'number') {
    return schema?.type !== 'number' && Number.isInteger(value)
      ? BigInt(value)
      : value;
  }
  if (typeof value === 'string') {
    return schema?.format === 'date-time' ? new Date(value) : value;
  }
  if (Array.isArray(value)) {
    return value.map(child => toCel(child, schema?.items));
  }
  if (typeof value === 'object' && value !== null) {
    const isMap = schema?.additionalProperties !== undefined;
    return Object.fromEntries(
      Object.entries(value).map(([name, child]) => [
        isMap ? name : fieldName(name),
        toCel(child, schema?.property(name) ?? schema?.additionalProperties),
      ]),
    );
  }
  return value;
}

function fieldName(name: string): string {
  return RESERVED.has(name)
    ? `__${name}__`
    : name
        .replaceAll('__', '__underscores__')
        .replaceAll('.', '__dot__')
        .replaceAll('-', '__dash__')
        .replaceAll('/', '__slash__');
}
