import { packValues, unpack, type PackedNumbers } from './packNumbers';

/** How many samples a chunk takes before it is packed. */
export const CHUNK_SAMPLES = 120;

/**
 * A full row of samples, packed so that two hours of a pod's metrics stay
 * small: mostly one or two bytes for each sample instead of sixteen.
 */
export class SampleChunk {
  readonly firstTime: number;
  readonly lastTime: number;
  readonly length: number;
  readonly #times: PackedNumbers;
  readonly #values: PackedNumbers;

  /** @param times - packed milliseconds, rising, as many as there are values */
  constructor(times: PackedNumbers, values: Float64Array) {
    this.length = values.length;
    this.#times = times;
    this.#values = packValues(values);
    this.firstTime = this.time(0);
    this.lastTime = this.time(values.length - 1);
  }

  time(index: number): number {
    return unpack(this.#times, index);
  }

  value(index: number): number {
    return unpack(this.#values, index);
  }
}
