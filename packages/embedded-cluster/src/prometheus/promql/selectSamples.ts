import type { SeriesWindow, VectorSample } from './values';
import { LOOKBACK_MILLISECONDS, type SelectedSeries } from './QueryScope';

/** How many of the sorted times are at or before one. */
function countUpTo(times: ArrayLike<number>, time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle] <= time) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** A vector's element that still knows when it was scraped. */
export interface StoredSample extends VectorSample {
  timeMilliseconds: number;
}

/** The newest sample at a time, unless it is older than the lookback or the series has ended since. */
export function sampleAt(
  { labels, times, values, ends }: SelectedSeries,
  time: number,
): StoredSample | undefined {
  const index = countUpTo(times, time) - 1;
  if (index < 0 || times[index] <= time - LOOKBACK_MILLISECONDS) {
    return undefined;
  }
  const sampled = times[index];
  const hasEnded = ends.some(end => end > sampled && end <= time);
  return hasEnded
    ? undefined
    : { labels, value: values[index], timeMilliseconds: sampled };
}

/** The samples after one time, up to another. */
export function windowOf(
  { labels, times, values }: SelectedSeries,
  after: number,
  upTo: number,
): SeriesWindow | undefined {
  const first = countUpTo(times, after);
  const end = countUpTo(times, upTo);
  return first < end
    ? {
        labels,
        times: times.subarray(first, end),
        values: values.subarray(first, end),
      }
    : undefined;
}
