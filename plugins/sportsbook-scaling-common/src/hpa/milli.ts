/** From here on a double has no fraction left to round. */
const WHOLE_FROM = 2 ** 52;

/**
 * The rate as KEDA hands it to the autoscaler: whole thousandths, because it
 * travels as a milli-quantity. What is not a finite rate counts as 0.
 *
 * @remarks
 * Rounded as KEDA prints it, with Go's `%.3f`: the double exactly as it is, and
 * what lies halfway to the even thousandth. `toFixed` is exact as well, but
 * goes up from halfway. Halfway is m/2000 with an odd m; as 2000 is 16 · 125,
 * a double is that only where it is an odd number of sixteenths.
 */
export function toMilli(requestsPerSecond: number): number {
  if (!Number.isFinite(requestsPerSecond) || requestsPerSecond <= 0) {
    return 0;
  }
  if (requestsPerSecond >= WHOLE_FROM) {
    return requestsPerSecond * 1000;
  }
  const rounded = BigInt(requestsPerSecond.toFixed(3).replace('.', ''));
  const isHalfway = (requestsPerSecond * 16) % 2 === 1;
  return Number(isHalfway ? rounded - (rounded % 2n) : rounded);
}

/** Back from thousandths. Divides, because multiplying by 0.001 would not be exact. */
export function fromMilli(milli: number): number {
  return milli / 1000;
}
