/** A count, or a share such as `25%`. */
export type IntOrPercent = number | string;

/** @throws RangeError for text that is no percentage */
export function resolveIntOrPercent(
  value: IntOrPercent,
  total: number,
  rounding: 'up' | 'down',
): number {
  if (typeof value === 'number') {
    return value;
  }
  const match = /^(\d+)%$/.exec(value);
  if (match === null) {
    throw new RangeError(
      `invalid value for IntOrString: invalid type: string is not a percentage: '${value}'`,
    );
  }
  const share = (Number(match[1]) * total) / 100;
  return rounding === 'up' ? Math.ceil(share) : Math.floor(share);
}
