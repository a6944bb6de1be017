import { labelsKey, type Labels } from './labels';
import { matchesAll, type LabelMatcher } from './LabelMatcher';
import { StoredSeries } from './StoredSeries';
import { TimeRows } from './TimeRows';

/** Longest time that samples are kept, whatever a Prometheus object asks for. */
export const MAX_RETENTION_MILLISECONDS = 2 * 60 * 60 * 1000;
/** Most samples that are kept; older ones go first. */
export const MAX_SAMPLES = 5_000_000;

const SHORTENING_MILLISECONDS = 5 * 60 * 1000;

export interface SampleStoreOptions {
  /** Default 5,000,000. */
  maxSamples?: number;
}

/** Samples of all series, in memory: they go with the pod, as those of a Prometheus without a volume. */
export class SampleStore {
  #retentionMilliseconds = MAX_RETENTION_MILLISECONDS;
  readonly #maxSamples: number;
  readonly #series = new Map<string, StoredSeries>();
  readonly #rows = new TimeRows();
  /** Series by label name and value. */
  readonly #index = new Map<string, Map<string, Set<StoredSeries>>>();

  constructor(options: SampleStoreOptions = {}) {
    this.#maxSamples = options.maxSamples ?? MAX_SAMPLES;
  }

  get retentionMilliseconds(): number {
    return this.#retentionMilliseconds;
  }

  /** @param milliseconds - at most, and by default, two hours */
  keepFor(milliseconds = MAX_RETENTION_MILLISECONDS): void {
    this.#retentionMilliseconds = Math.min(
      milliseconds,
      MAX_RETENTION_MILLISECONDS,
    );
  }

  get seriesCount(): number {
    return this.#series.size;
  }

  get sampleCount(): number {
    let count = 0;
    for (const series of this.#series.values()) {
      count += series.sampleCount;
    }
    return count;
  }

  /** The series of these labels, made if it is new. */
  seriesOf(labels: Labels): StoredSeries {
    const key = labelsKey(labels);
    let series = this.#series.get(key);
    if (series === undefined) {
      series = new StoredSeries(labels, this.#rows);
      this.#series.set(key, series);
      for (const [name, value] of labels) {
        const values = this.#index.get(name) ?? new Map();
        this.#index.set(name, values);
        const posting = values.get(value) ?? new Set();
        values.set(value, posting.add(series));
      }
    }
    return series;
  }

  /** Series that match and may have samples in a window, in the order of their labels. */
  select(
    matchers: readonly LabelMatcher[],
    from = -Infinity,
    to = Infinity,
  ): StoredSeries[] {
    return [...this.#candidates(matchers)]
      .filter(
        series =>
          series.lastTime >= from &&
          series.firstTime <= to &&
          matchesAll(series.labels, matchers),
      )
      .sort((a, b) => (labelsKey(a.labels) < labelsKey(b.labels) ? -1 : 1));
  }

  /** Drops what is older than the retention, and more while there is too much. */
  forgetOld(nowMilliseconds: number): void {
    let horizon = nowMilliseconds - this.#retentionMilliseconds;
    this.#forgetBefore(horizon);
    while (this.sampleCount > this.#maxSamples && horizon < nowMilliseconds) {
      horizon += SHORTENING_MILLISECONDS;
      this.#forgetBefore(horizon);
    }
  }

  #candidates(matchers: readonly LabelMatcher[]): Iterable<StoredSeries> {
    let smallest: Iterable<StoredSeries> = this.#series.values();
    let size = this.#series.size;
    for (const { name, operator, value } of matchers) {
      if (operator === '=' && value !== '') {
        const posting = this.#index.get(name)?.get(value) ?? new Set();
        if (posting.size < size) {
          smallest = posting;
          size = posting.size;
        }
      }
    }
    return smallest;
  }

  #forgetBefore(timeMilliseconds: number): void {
    for (const [key, series] of this.#series) {
      series.forgetBefore(timeMilliseconds);
      if (series.sampleCount === 0) {
        this.#series.delete(key);
        for (const [name, value] of series.labels) {
          const values = this.#index.get(name);
          const posting = values?.get(value);
          posting?.delete(series);
          if (posting?.size === 0) {
            values?.delete(value);
          }
          if (values?.size === 0) {
            this.#index.delete(name);
          }
        }
      }
    }
  }
}
