import type { RangeVector, SeriesWindow } from './values';

/** Up to this share above the usual distance, a sample counts as near the range's border. */
const EXTRAPOLATION_THRESHOLD = 1.1;

export interface RateKind {
  /** Falling values are resets, and values below zero do not occur. */
  isCounter: boolean;
  /** Divided by the range's length. */
  isPerSecond: boolean;
}

function riseOf(values: Float64Array, isCounter: boolean): number {
  let rise = values[values.length - 1] - values[0];
  if (isCounter) {
    for (let index = 1; index < values.length; index += 1) {
      if (values[index] < values[index - 1]) {
        rise += values[index - 1];
      }
    }
  }
  return rise;
}

/**
 * `rate`, `increase` and `delta`: the change between the first and the last
 * sample, stretched to the whole range, as far as the samples' distance lets
 * one believe that the series covers it.
 *
 * @returns undefined for less than two samples
 */
export function extrapolatedChange(
  { times, values }: SeriesWindow,
  { startMilliseconds, endMilliseconds }: RangeVector,
  { isCounter, isPerSecond }: RateKind,
): number | undefined {
  if (times.length < 2) {
    return undefined;
  }
  const last = times.length - 1;
  const change = riseOf(values, isCounter);
  const sampledSeconds = (times[last] - times[0]) / 1000;
  const usualSeconds = sampledSeconds / last;
  const threshold = usualSeconds * EXTRAPOLATION_THRESHOLD;

  let toStartSeconds = (times[0] - startMilliseconds) / 1000;
  if (toStartSeconds >= threshold) {
    toStartSeconds = usualSeconds / 2;
  }
  if (isCounter && change > 0 && values[0] >= 0) {
    // Before its zero point a counter did not exist.
    const toZeroSeconds = sampledSeconds * (values[0] / change);
    toStartSeconds = Math.min(toStartSeconds, toZeroSeconds);
  }
  let toEndSeconds = (endMilliseconds - times[last]) / 1000;
  if (toEndSeconds >= threshold) {
    toEndSeconds = usualSeconds / 2;
  }
  const factor =
    (sampledSeconds + toStartSeconds + toEndSeconds) / sampledSeconds;
  const rangeSeconds = (endMilliseconds - startMilliseconds) / 1000;
  return change * (isPerSecond ? factor / rangeSeconds : factor);
}

/**
 * `irate` and `idelta`: the change between the last two samples.
 *
 * @returns undefined for less than two samples
 */
export function lastChange(
  { times, values }: SeriesWindow,
  { isCounter, isPerSecond }: RateKind,
): number | undefined {
  const last = times.length - 1;
  if (last < 1) {
    return undefined;
  }
  const wasReset = isCounter && values[last] < values[last - 1];
  const change = wasReset ? values[last] : values[last] - values[last - 1];
  const seconds = (times[last] - times[last - 1]) / 1000;
  return isPerSecond ? change / seconds : change;
}
