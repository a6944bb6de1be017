function power(base: number, exponent: number): number {
  // JavaScript says that these are no numbers; IEEE 754 and Go say 1.
  if (base === 1 || (base === -1 && Math.abs(exponent) === Infinity)) {
    return 1;
  }
  return base ** exponent;
}

export const ARITHMETIC: ReadonlyMap<
  string,
  (left: number, right: number) => number
> = new Map([
  ['+', (left: number, right: number) => left + right],
  ['-', (left: number, right: number) => left - right],
  ['*', (left: number, right: number) => left * right],
  ['/', (left: number, right: number) => left / right],
  ['%', (left: number, right: number) => left % right],
  ['^', power],
  ['atan2', Math.atan2],
]);

export const COMPARISONS: ReadonlyMap<
  string,
  (left: number, right: number) => boolean
> = new Map([
  ['==', (left: number, right: number) => left === right],
  ['!=', (left: number, right: number) => left !== right],
  ['<', (left: number, right: number) => left < right],
  ['<=', (left: number, right: number) => left <= right],
  ['>', (left: number, right: number) => left > right],
  ['>=', (left: number, right: number) => left >= right],
]);

/**
 * One pair of values.
 *
 * @returns what comes of it, and whether a comparison keeps the element;
 * arithmetic keeps all
 */
export function operate(
  operator: string,
  left: number,
  right: number,
): { value: number; keep: boolean } {
  const arithmetic = ARITHMETIC.get(operator);
  if (arithmetic) {
    return { value: arithmetic(left, right), keep: true };
  }
  const compare = COMPARISONS.get(operator);
  if (compare) {
    return { value: left, keep: compare(left, right) };
  }
  throw new TypeError(`${operator} is no operator between numbers`);
}
