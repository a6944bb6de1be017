function padExponent(text: string): string {
  return text.replace(/e([+-])(\d)$/, 'e$10$2');
}

function special(value: number): string | undefined {
  if (Number.isNaN(value)) {
    return 'NaN';
  }
  if (!Number.isFinite(value)) {
    return value > 0 ? '+Inf' : '-Inf';
  }
  return Object.is(value, -0) ? '-0' : undefined;
}

/** A sample's value as Prometheus' API writes it. */
export function formatSampleValue(value: number): string {
  return special(value) ?? padExponent(String(value));
}

/** Without an exponent, however long: as `count_values` makes a label of a value. */
export function formatPlain(value: number): string {
  const text = special(value) ?? String(value);
  const match = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (!match) {
    return text;
  }
  const [, sign, whole, fraction = '', exponent] = match;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  return point <= 0
    ? `${sign}0.${'0'.repeat(-point)}${digits}`
    : `${sign}${digits.padEnd(point, '0')}`;
}

/** Short, as Prometheus writes numbers in its messages. */
export function formatShort(value: number): string {
  const text = special(value);
  if (text !== undefined) {
    return text;
  }
  const exponential = value.toExponential();
  const exponent = Number(exponential.split('e')[1]);
  return value !== 0 && (exponent < -4 || exponent >= 6)
    ? padExponent(exponential)
    : String(value);
}
