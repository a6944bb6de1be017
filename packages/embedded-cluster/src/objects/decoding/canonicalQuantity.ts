const QUANTITY =
  /^([+-]?)(\d+)?(?:\.(\d*))?(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\d+))?$/;

const DECIMAL: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const DECIMAL_SUFFIX = new Map(
  Object.entries(DECIMAL).map(([suffix, exponent]) => [exponent, suffix]),
);
/** Nothing is smaller: what is, is rounded up to it. */
const NANO = -9;

/**
 * A quantity as the API server writes it back: `0.5` is `500m`, `1000m` is `1`
 * and `1024Mi` is `1Gi`.
 *
 * @returns undefined where it is none
 */
export function canonicalQuantity(
  written: string | number,
): string | undefined {
  const match = QUANTITY.exec(String(written).trim());
  if (!match) {
    return undefined;
  }
  const [, sign, whole = '', fraction = '', suffix = '', power] = match;
  if (whole === '' && fraction === '') {
    return undefined;
  }
  const negative = sign === '-';
  const digits = BigInt(`${whole}${fraction}`);
  const scale = -fraction.length;
  const text = suffix.endsWith('i')
    ? binaryText(digits, scale, BINARY.indexOf(suffix))
    : decimalText(
        digits,
        scale + (power === undefined ? DECIMAL[suffix] : Number(power)),
        power !== undefined,
      );
  return negative && text !== '0' ? `-${text}` : text;
}

function binaryText(digits: bigint, scale: number, steps: number): string {
  const scaled = digits * 1024n ** BigInt(steps);
  const divisor = 10n ** BigInt(-scale);
  if (scaled < 1024n * divisor) {
    return decimalText(scaled, scale, false);
  }
  let value = (scaled + divisor - 1n) / divisor;
  let step = 0;
  while (step < BINARY.length - 1 && value % 1024n === 0n) {
    value /= 1024n;
    step++;
  }
  return `${value}${BINARY[step]}`;
}

function decimalText(
  digits: bigint,
  exponent: number,
  asPower: boolean,
): string {
  let value = digits;
  let power = exponent;
  if (value === 0n) {
    return '0';
  }
  while (power < NANO) {
    value = (value + 9n) / 10n;
    power++;
  }
  while (value % 10n === 0n) {
    value /= 10n;
    power++;
  }
  while (power % 3 !== 0 || power > 18) {
    value *= 10n;
    power--;
  }
  return asPower && power !== 0
    ? `${value}e${power}`
    : `${value}${DECIMAL_SUFFIX.get(power) ?? ''}`;
}
