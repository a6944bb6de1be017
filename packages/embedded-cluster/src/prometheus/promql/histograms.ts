import {
  labelsKey,
  keepLabels,
  withoutName,
  type Labels,
} from '../storage/labels';
import type { Vector } from './values';

export const BUCKET_LABEL = 'le';
const SMALL_DELTA = 1e-12;
const SMALLEST_NORMAL = 2 ** -1022;

export interface Bucket {
  upperBound: number;
  /** Observations up to the bound, those of smaller buckets included. */
  count: number;
}

export interface ClassicHistogram {
  /** Without name and bound. */
  labels: Labels;
  buckets: Bucket[];
}

function parseBound(text: string): number | undefined {
  const infinite = /^([+-]?)inf(inity)?$/i.exec(text);
  if (infinite) {
    return infinite[1] === '-' ? -Infinity : Infinity;
  }
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)
    ? Number(text)
    : undefined;
}

/**
 * Puts the bucket series of each histogram together.
 *
 * @param onBadBound - told the bound of each series that is no bucket
 */
export function histogramsOf(
  samples: Vector,
  onBadBound: (text: string) => void,
): ClassicHistogram[] {
  const histograms = new Map<string, ClassicHistogram>();
  for (const { labels, value } of samples) {
    const text = labels.get(BUCKET_LABEL) ?? '';
    const upperBound = parseBound(text);
    if (upperBound === undefined) {
      onBadBound(text);
    } else {
      const rest = keepLabels(labels, name => name !== BUCKET_LABEL);
      const key = labelsKey(rest);
      const histogram = histograms.get(key) ?? {
        labels: withoutName(rest),
        buckets: [],
      };
      histograms.set(key, histogram);
      histogram.buckets.push({ upperBound, count: value });
    }
  }
  return [...histograms.values()];
}

function areAlmostEqual(a: number, b: number): boolean {
  const difference = Math.abs(a - b);
  const sum = Math.abs(a) + Math.abs(b);
  return a === 0 || b === 0 || sum < SMALLEST_NORMAL
    ? difference < SMALL_DELTA * SMALLEST_NORMAL
    : difference / Math.min(sum, Number.MAX_VALUE) < SMALL_DELTA;
}

/** Sorted by bound, with the counts of equal bounds added. */
function orderBuckets(buckets: readonly Bucket[]): Bucket[] {
  const ordered: Bucket[] = [];
  for (const bucket of [...buckets].sort((a, b) =>
    a.upperBound < b.upperBound ? -1 : Number(a.upperBound > b.upperBound),
  )) {
    const last = ordered.at(-1);
    if (last?.upperBound === bucket.upperBound) {
      last.count += bucket.count;
    } else {
      ordered.push({ ...bucket });
    }
  }
  return ordered;
}

/** Makes counts that fall rise. @returns whether any fell by more than rounding */
function forceMonotonic(buckets: Bucket[]): boolean {
  let forced = false;
  let before = buckets[0].count;
  for (const bucket of buckets.slice(1)) {
    if (bucket.count === before) {
      continue;
    }
    const isRounding = areAlmostEqual(before, bucket.count);
    if (isRounding || bucket.count < before) {
      forced ||= !isRounding;
      bucket.count = before;
    } else {
      before = bucket.count;
    }
  }
  return forced;
}

/**
 * The φ-quantile of a histogram, taking observations as even inside of a
 * bucket, and those of the first bucket as between 0 and its bound.
 */
export function bucketQuantile(
  phi: number,
  given: readonly Bucket[],
): { value: number; forcedMonotonic: boolean } {
  const plain = (value: number) => ({ value, forcedMonotonic: false });
  if (Number.isNaN(phi)) {
    return plain(NaN);
  }
  if (phi < 0 || phi > 1) {
    return plain(phi < 0 ? -Infinity : Infinity);
  }
  const buckets = orderBuckets(given);
  const last = buckets.length - 1;
  if (buckets[last].upperBound !== Infinity) {
    return plain(NaN);
  }
  const forcedMonotonic = forceMonotonic(buckets);
  const observations = buckets[last].count;
  if (buckets.length < 2 || observations === 0) {
    return { value: NaN, forcedMonotonic };
  }
  const rank = phi * observations;
  const found = buckets.slice(0, last).findIndex(({ count }) => count >= rank);
  if (found < 0) {
    return { value: buckets[last - 1].upperBound, forcedMonotonic };
  }
  const { upperBound, count } = buckets[found];
  if (found === 0 && upperBound <= 0) {
    return { value: upperBound, forcedMonotonic };
  }
  const below = found === 0 ? { upperBound: 0, count: 0 } : buckets[found - 1];
  const share = (rank - below.count) / (count - below.count);
  return {
    value: below.upperBound + (upperBound - below.upperBound) * share,
    forcedMonotonic,
  };
}

/** Observations that were at most `bound`, taking them as even inside of a bucket. */
function rankOf(bound: number, buckets: readonly Bucket[]): number {
  let lower = buckets[0].upperBound <= 0 ? -Infinity : 0;
  let rank = 0;
  for (const { upperBound, count } of buckets) {
    if (lower >= bound) {
      return rank;
    }
    if (upperBound > bound) {
      return lower === -Infinity
        ? count
        : rank + ((count - rank) * (bound - lower)) / (upperBound - lower);
    }
    rank = count;
    lower = upperBound;
  }
  return rank;
}

/** The share of observations between two bounds. */
export function bucketFraction(
  lower: number,
  upper: number,
  given: readonly Bucket[],
): number {
  const buckets = orderBuckets(given);
  const last = buckets[buckets.length - 1];
  if (
    last.upperBound !== Infinity ||
    last.count === 0 ||
    Number.isNaN(lower) ||
    Number.isNaN(upper)
  ) {
    return NaN;
  }
  if (lower >= upper) {
    return 0;
  }
  const cap = (bound: number) => Math.min(rankOf(bound, buckets), last.count);
  return (cap(upper) - cap(lower)) / last.count;
}
