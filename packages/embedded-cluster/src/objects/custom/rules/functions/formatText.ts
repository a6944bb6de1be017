import type { Refuse } from './Refuse';

const CLAUSE = /%(?:%|(?:\.(\d{1,3}))?([a-zA-Z]))/g;
const DEFAULT_PRECISION = 6;

/** `"%s has %d".format([name, count])`: as in Go, for values that are no lists and no maps. */
export function formatText(
  template: string,
  values: readonly unknown[],
  refuse: Refuse,
): string {
  let index = 0;
  return template.replace(
    CLAUSE,
    (clause, precision?: string, verb?: string) => {
      if (verb === undefined) {
        return '%';
      }
      if (index >= values.length) {
        throw refuse(`index ${index} out of range`);
      }
      const value = values[index];
      index++;
      const text = clauseText(
        verb,
        value,
        Number(precision ?? DEFAULT_PRECISION),
      );
      if (text === undefined) {
        throw refuse(
          `could not format value: the embedded cluster does not write ${typeof value} as ${clause}`,
        );
      }
      return text;
    },
  );
}

/** @returns undefined for what does not go together */
function clauseText(
  verb: string,
  value: unknown,
  precision: number,
): string | undefined {
  switch (verb) {
    case 's':
      return plainText(value);
    case 'd':
      return typeof value === 'bigint' ? String(value) : undefined;
    case 'f':
      return isNumber(value) ? Number(value).toFixed(precision) : undefined;
    case 'e':
      return isNumber(value)
        ? Number(value)
            .toExponential(precision)
            .replace(/e([+-])(\d)$/, 'e$10$2')
        : undefined;
    case 'b':
      if (typeof value === 'boolean') {
        return value ? '1' : '0';
      }
      return typeof value === 'bigint' ? value.toString(2) : undefined;
    case 'o':
      return typeof value === 'bigint' ? value.toString(8) : undefined;
    case 'x':
      return hexadecimal(value);
    case 'X':
      return hexadecimal(value)?.toUpperCase();
    default:
      return undefined;
  }
}

function plainText(value: unknown): string | undefined {
  if (value instanceof Date) {
    return value.toISOString().replace(/\.?0*Z$/, 'Z');
  }
  const isPlain =
    value === null ||
    ['string', 'bigint', 'number', 'boolean'].includes(typeof value);
  return isPlain ? String(value) : undefined;
}

function hexadecimal(value: unknown): string | undefined {
  if (typeof value === 'bigint') {
    return value.toString(16);
  }
  return typeof value === 'string'
    ? Buffer.from(value).toString('hex')
    : undefined;
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'bigint';
}
