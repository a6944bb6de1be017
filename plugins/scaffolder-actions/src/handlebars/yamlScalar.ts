/** Words that some YAML reader takes for something else than a string. */
const RESERVED_WORDS = new Set([
  'y',
  'n',
  'yes',
  'no',
  'on',
  'off',
  'true',
  'false',
  'null',
]);

/** Starts with a letter, so it is no number, date, time or indicator in any YAML version. */
const PLAIN = /^[A-Za-z](?:[A-Za-z0-9._/-]*[A-Za-z0-9])?$/;

/** Printable for JSON, not for YAML. */
const UNPRINTABLE_IN_YAML = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

function yamlString(text: string): string {
  if (PLAIN.test(text) && !RESERVED_WORDS.has(text.toLowerCase())) {
    return text;
  }
  return JSON.stringify(text).replace(
    UNPRINTABLE_IN_YAML,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function yamlNumber(value: number): string {
  // YAML 1.1 takes an exponent without a fraction for a string.
  return JSON.stringify(value).replace(/^(-?\d+)(e.*)$/, '$1.0$2');
}

/**
 * One line that YAML 1.1 and 1.2 read as exactly this JSON value, wherever a
 * value may stand, in block style and in flow style.
 *
 * Strings that need no quotes have none; lists and maps are written in flow style.
 */
export function yamlScalar(value: unknown): string {
  if (typeof value === 'string') {
    return yamlString(value);
  }
  if (typeof value === 'number') {
    return yamlNumber(value);
  }
  if (Array.isArray(value)) {
    return `[${value.map(yamlScalar).join(', ')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(
      ([key, child]) => `${yamlString(key)}: ${yamlScalar(child)}`,
    );
    return `{${entries.length === 0 ? '' : ` ${entries.join(', ')} `}}`;
  }
  return JSON.stringify(value);
}
