/** Lets a limited number of builds go at the same time, in the order in which they came. */
export class BuildQueue {
  #free: number;
  readonly #waiting: { begin: () => void }[] = [];

  /** @param limit - at least 1 */
  constructor(limit: number) {
    this.#free = limit;
  }

  /**
   * Runs a build when its turn has come.
   *
   * @param options.onWait - is told, where the build cannot begin at once, how many wait before it
   * @throws what the build throws, or the signal's reason while it waits
   */
  async run<T>(
    build: () => Promise<T>,
    options: { signal: AbortSignal; onWait?: (before: number) => void },
  ): Promise<T> {
    options.signal.throwIfAborted();
    if (this.#free > 0) {
      this.#free -= 1;
    } else {
      options.onWait?.(this.#waiting.length);
      await this.#turn(options.signal);
    }
    try {
      return await build();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) {
        this.#free += 1;
      } else {
        next.begin();
      }
    }
  }

  #turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const turn = { begin: () => {} };
      const onAbort = () => {
        this.#waiting.splice(this.#waiting.indexOf(turn), 1);
        reject(signal.reason);
      };
      turn.begin = () => {
        signal.removeEventListener('abort', onAbort);
        resolve();
      };
      this.#waiting.push(turn);
      signal.addEventListener('abort', onAbort, { once: true });
    });
  }
}
