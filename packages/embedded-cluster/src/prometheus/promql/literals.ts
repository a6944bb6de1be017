import { parseDuration } from '../config/duration';

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
};
const ESCAPE =
  /\\(?:([abfnrtv\\'"])|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|([\s\S]?))/g;

/**
 * The text of a quoted PromQL string.
 *
 * @returns undefined where the quotes do not close or an escape is none
 */
export function parseString(source: string): string | undefined {
  const quote = source[0];
  if (source.length < 2 || source.at(-1) !== quote) {
    return undefined;
  }
  const inner = source.slice(1, -1);
  if (quote === '`') {
    return inner;
  }
  if (inner.includes('\n')) {
    return undefined;
  }
  let isValid = true;
  const text = inner.replace(ESCAPE, (_, simple, byte, short, long, octal) => {
    if (simple !== undefined) {
      return SIMPLE_ESCAPES[String(simple)];
    }
    const code =
      octal === undefined
        ? parseInt(String(byte ?? short ?? long), 16)
        : parseInt(String(octal), 8);
    if (Number.isNaN(code) || code > 0x10ffff) {
      isValid = false;
      return '';
    }
    return String.fromCodePoint(code);
  });
  return isValid ? text : undefined;
}

/**
 * A PromQL number: decimal, hexadecimal, `Inf`, `NaN`, or a duration, which
 * stands for its seconds. With a sign before it, perhaps.
 *
 * @returns undefined for anything else
 */
export function parseNumber(source: string): number | undefined {
  const sign = source.startsWith('-') ? -1 : 1;
  const text = source.replace(/^[+-]\s*/, '').toLowerCase();
  if (text === 'inf') {
    return sign * Infinity;
  }
  if (text === 'nan') {
    return NaN;
  }
  const plain = text.replace(/_/g, '');
  if (
    /^0x[0-9a-f]+$/.test(plain) ||
    /^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/.test(plain)
  ) {
    return sign * Number(plain);
  }
  const milliseconds = parseDuration(text);
  return milliseconds === undefined ? undefined : (sign * milliseconds) / 1000;
}
