import { labelsKey, type Labels } from '../storage/labels';
import { PromqlExecutionError } from './PromqlError';

/** One element of an instant vector. */
export interface VectorSample {
  labels: Labels;
  value: number;
}

export type Vector = readonly VectorSample[];

export type Value =
  | { type: 'scalar'; value: number }
  | { type: 'string'; value: string }
  | { type: 'vector'; samples: Vector };

/** The samples of one series that a range selects. */
export interface SeriesWindow {
  labels: Labels;
  /** Milliseconds since 1970. */
  times: Float64Array;
  values: Float64Array;
}

/** A range vector at one time. */
export interface RangeVector {
  series: readonly SeriesWindow[];
  /** The range: after `start`, up to and including `end`. */
  startMilliseconds: number;
  endMilliseconds: number;
}

/** @throws PromqlExecutionError if two elements have the same labels */
export function withDistinctLabels(samples: Vector): Vector {
  const seen = new Set<string>();
  for (const { labels } of samples) {
    const key = labelsKey(labels);
    if (seen.has(key)) {
      throw new PromqlExecutionError(
        'vector cannot contain metrics with the same labelset',
      );
    }
    seen.add(key);
  }
  return samples;
}
