/**
 * The rate as KEDA hands it to the autoscaler: whole thousandths, because it
 * travels as a milli-quantity. What is not a finite rate counts as 0.
 */
export function toMilli(requestsPerSecond: number): number {
  return Number.isFinite(requestsPerSecond) && requestsPerSecond > 0
    ? Math.round(Number(requestsPerSecond.toFixed(3)) * 1000)
    : 0;
}

/** Back from thousandths. Divides, because multiplying by 0.001 would not be exact. */
export function fromMilli(milli: number): number {
  return milli / 1000;
}
