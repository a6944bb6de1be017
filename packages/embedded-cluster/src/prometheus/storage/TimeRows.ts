import { packTimes, unpack, type PackedNumbers } from './packNumbers';

/** Rows of the targets that are scraped at the moment; more would only cost time. */
const REMEMBERED_ROWS = 256;

/**
 * Packs rows of times, and gives all series of one scrape the same row: a
 * target has hundreds of series and one time for all of them.
 */
export class TimeRows {
  readonly #rows = new Map<string, PackedNumbers>();

  /** @param times - milliseconds, rising; at least two */
  pack(times: Float64Array): PackedNumbers {
    const key = `${times[0]}/${times[times.length - 1]}/${times.length}`;
    const known = this.#rows.get(key);
    if (known && times.every((time, index) => unpack(known, index) === time)) {
      return known;
    }
    const packed = packTimes(times);
    this.#rows.set(key, packed);
    if (this.#rows.size > REMEMBERED_ROWS) {
      const [oldest] = this.#rows.keys();
      this.#rows.delete(oldest);
    }
    return packed;
  }
}
