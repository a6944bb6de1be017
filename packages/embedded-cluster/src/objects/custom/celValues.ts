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

/** What one text means in expressions; undefined where it cannot be read. */
export type ReadDuration = (text: string) => unknown;

/** JSON data as expressions see it: integers are integers, times are times. */
export function toCel(
  value: unknown,
  schema: TypeSchema | undefined,
  readDuration: ReadDuration,
): unknown {
  if (typeof value === 'number') {
    return schema?.type !== 'number' && Number.isInteger(value)
      ? BigInt(value)
      : value;
  }
  if (typeof value === 'string') {
    return textToCel(value, schema?.format, readDuration);
  }
  if (Array.isArray(value)) {
    return value.map(child => toCel(child, schema?.items, readDuration));
  }
  if (typeof value === 'object' && value !== null) {
    const isMap = schema?.additionalProperties !== undefined;
    return Object.fromEntries(
      membersOf(value).map(([name, child]) => [
        isMap ? name : celFieldName(name),
        toCel(
          child,
          schema?.property(name) ?? schema?.additionalProperties,
          readDuration,
        ),
      ]),
    );
  }
  return value;
}

/** A null is a field that is not there. */
function membersOf(value: object): [string, unknown][] {
  return Object.entries(value).filter(([, child]) => child !== null);
}

function textToCel(
  text: string,
  format: string | undefined,
  readDuration: ReadDuration,
): unknown {
  switch (format) {
    case 'date':
    case 'date-time':
      return new Date(text);
    case 'duration':
      return readDuration(text);
    case 'byte':
      return new Uint8Array(Buffer.from(text, 'base64'));
    default:
      return text;
  }
}

/** A field's name as expressions write it. */
export function celFieldName(name: string): string {
  return RESERVED.has(name)
    ? `__${name}__`
    : name
        .replaceAll('__', '__underscores__')
        .replaceAll('.', '__dot__')
        .replaceAll('-', '__dash__')
        .replaceAll('/', '__slash__');
}
