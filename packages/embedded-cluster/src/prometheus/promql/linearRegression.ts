import { sumOf } from './sums';
import type { SeriesWindow } from './values';

/**
 * The straight line nearest to the samples.
 *
 * @param originMilliseconds - where the intercept is taken
 * @returns the slope per second and the value at the origin
 */
export function linearRegression(
  { times, values }: SeriesWindow,
  originMilliseconds: number,
): { slope: number; intercept: number } {
  const first = values[0];
  if (values.every(value => value === first)) {
    return Number.isFinite(first)
      ? { slope: 0, intercept: first }
      : { slope: NaN, intercept: NaN };
  }
  const count = values.length;
  const x = times.map(time => (time - originMilliseconds) / 1000);
  const sumX = sumOf(x);
  const sumY = sumOf(values);
  const sumXY = sumOf(x.map((seconds, index) => seconds * values[index]));
  const sumXX = sumOf(x.map(seconds => seconds * seconds));
  const covariance = sumXY - (sumX * sumY) / count;
  const variance = sumXX - (sumX * sumX) / count;
  const slope = covariance / variance;
  return { slope, intercept: sumY / count - (slope * sumX) / count };
}
