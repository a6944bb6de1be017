import { PromqlTimeoutError } from './PromqlError';

/** As many as a real Prometheus lets in (`--query.max-concurrency`). */
export const MAX_CONCURRENT_QUERIES = 20;

/** Lets a number of queries in at a time; the others wait in order. */
export class QueryGate {
  readonly #waiting: (() => void)[] = [];
  #free: number;

  /** @param places - at least 1 */
  constructor(places: number = MAX_CONCURRENT_QUERIES) {
    this.#free = places;
  }

  /**
   * Runs a query when there is a place for it.
   *
   * @throws PromqlTimeoutError when the signal is aborted before
   */
  async run<T>(query: () => T | Promise<T>, signal: AbortSignal): Promise<T> {
    await this.#enter(signal);
    try {
      return await query();
    } finally {
      this.#leave();
    }
  }

  #enter(signal: AbortSignal): Promise<void> {
    if (signal.aborted) {
      return Promise.reject(timedOut());
    }
    if (this.#free > 0) {
      this.#free--;
      return Promise.resolve();
    }
    const waiting = this.#waiting;
    return new Promise((resolve, reject) => {
      const enter = () => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      };
      function giveUp() {
        waiting.splice(waiting.indexOf(enter), 1);
        reject(timedOut());
      }
      waiting.push(enter);
      signal.addEventListener('abort', giveUp, { once: true });
    });
  }

  /** The place goes to who has waited longest. */
  #leave(): void {
    const next = this.#waiting.shift();
    if (next) {
      next();
    } else {
      this.#free++;
    }
  }
}

function timedOut(): PromqlTimeoutError {
  return new PromqlTimeoutError('query timed out in query queue');
}
