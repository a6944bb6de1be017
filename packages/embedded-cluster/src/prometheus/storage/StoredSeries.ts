import type { Labels } from './labels';
import { CHUNK_SAMPLES, SampleChunk } from './SampleChunk';
import { TimeRows } from './TimeRows';

const FIRST_ROOM = 8;

/** Samples of one series in a window of time, oldest first. */
export interface Samples {
  /** Milliseconds since 1970. */
  times: Float64Array;
  values: Float64Array;
  /** Times at which the series was seen to have ended. */
  ends: readonly number[];
}

/**
 * One series with its samples. That it ended (Prometheus' staleness marker) is
 * kept beside the samples, since JavaScript cannot tell one not-a-number from
 * another.
 */
export class StoredSeries {
  readonly labels: Labels;
  #chunks: SampleChunk[] = [];
  #times = new Float64Array(FIRST_ROOM);
  #values = new Float64Array(FIRST_ROOM);
  #open = 0;
  #ends: number[] = [];

  readonly #rows: TimeRows;

  /** @param rows - shared by the series that are scraped together */
  constructor(labels: Labels, rows = new TimeRows()) {
    this.labels = labels;
    this.#rows = rows;
  }

  get sampleCount(): number {
    return this.#chunks.reduce((sum, { length }) => sum + length, this.#open);
  }

  /** Of the newest sample or end; -Infinity while there is none. */
  get lastTime(): number {
    const sample =
      this.#open > 0
        ? this.#times[this.#open - 1]
        : this.#chunks.at(-1)?.lastTime ?? -Infinity;
    return Math.max(sample, this.#ends.at(-1) ?? -Infinity);
  }

  /** Of the oldest sample; Infinity while there is none. */
  get firstTime(): number {
    return (
      this.#chunks.at(0)?.firstTime ??
      (this.#open > 0 ? this.#times[0] : Infinity)
    );
  }

  /** @returns false for a time that is not after the newest, which is dropped */
  append(timeMilliseconds: number, value: number): boolean {
    if (timeMilliseconds <= this.lastTime) {
      return false;
    }
    if (this.#open === CHUNK_SAMPLES) {
      this.#chunks.push(
        new SampleChunk(this.#rows.pack(this.#times), this.#values),
      );
      this.#times = new Float64Array(FIRST_ROOM);
      this.#values = new Float64Array(FIRST_ROOM);
      this.#open = 0;
    }
    if (this.#open === this.#times.length) {
      this.#grow();
    }
    this.#times[this.#open] = timeMilliseconds;
    this.#values[this.#open] = value;
    this.#open += 1;
    return true;
  }

  /** Marks that the series ended here; it may begin again. */
  end(timeMilliseconds: number): void {
    if (timeMilliseconds > this.lastTime) {
      this.#ends.push(timeMilliseconds);
    }
  }

  /** Samples from `from` to `to`, both included. */
  read(from: number, to: number): Samples {
    const times: number[] = [];
    const values: number[] = [];
    for (const chunk of this.#chunks) {
      if (chunk.lastTime >= from && chunk.firstTime <= to) {
        for (let index = 0; index < chunk.length; index += 1) {
          const time = chunk.time(index);
          if (time >= from && time <= to) {
            times.push(time);
            values.push(chunk.value(index));
          }
        }
      }
    }
    for (let index = 0; index < this.#open; index += 1) {
      const time = this.#times[index];
      if (time >= from && time <= to) {
        times.push(time);
        values.push(this.#values[index]);
      }
    }
    return {
      times: Float64Array.from(times),
      values: Float64Array.from(values),
      ends: this.#ends.filter(time => time >= from && time <= to),
    };
  }

  /** Forgets whole chunks that ended before a time, and all if nothing is newer. */
  forgetBefore(timeMilliseconds: number): void {
    this.#chunks = this.#chunks.filter(
      ({ lastTime }) => lastTime >= timeMilliseconds,
    );
    if (this.#open > 0 && this.#times[this.#open - 1] < timeMilliseconds) {
      this.#open = 0;
    }
    this.#ends = this.#ends.filter(time => time >= timeMilliseconds);
  }

  #grow(): void {
    const length = Math.min(this.#times.length * 2, CHUNK_SAMPLES);
    const times = new Float64Array(length);
    const values = new Float64Array(length);
    times.set(this.#times);
    values.set(this.#values);
    this.#times = times;
    this.#values = values;
  }
}
