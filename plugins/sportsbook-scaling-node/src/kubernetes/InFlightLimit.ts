/** A client begins with so many calls at a time. */
const FIRST = 16;
const MOST = 32;

/**
 * As many calls at a time as the server's answers allow: half as many once it
 * says that it is too busy, one more after each round of calls that went well.
 *
 * @remarks
 * Streams are not counted: they last for minutes and ask for nothing.
 */
export class InFlightLimit {
  #limit: number;
  #running = 0;
  /** Calls that went well since the limit last changed. */
  #calm = 0;
  /** Counts how often the limit was lowered. */
  #epoch = 0;
  readonly #most: number;
  readonly #waiting = new Set<() => void>();

  constructor(options: { first?: number; most?: number } = {}) {
    this.#most = options.most ?? MOST;
    this.#limit = Math.min(options.first ?? FIRST, this.#most);
  }

  /** Calls that may run at this moment. */
  get limit(): number {
    return this.#limit;
  }

  /**
   * Runs a call once there is room for it.
   *
   * @param isBusy - whether an answer says that the server wants fewer calls
   * @throws the signal's reason when it aborts before the call begins
   */
  async run<T>(
    call: () => Promise<T>,
    options: { isBusy: (answer: T) => boolean; signal?: AbortSignal },
  ): Promise<T> {
    await this.#room(options.signal);
    const epoch = this.#epoch;
    try {
      const answer = await call();
      this.#learn(options.isBusy(answer), epoch);
      return answer;
    } finally {
      this.#running -= 1;
      this.#wake();
    }
  }

  #learn(busy: boolean, epoch: number): void {
    if (!busy) {
      this.#calm += 1;
      if (this.#calm >= this.#limit && this.#limit < this.#most) {
        this.#limit += 1;
        this.#calm = 0;
      }
      return;
    }
    // Calls that were under way when the limit was lowered tell nothing new.
    if (epoch === this.#epoch) {
      this.#epoch += 1;
      this.#limit = Math.max(1, Math.floor(this.#limit / 2));
    }
    this.#calm = 0;
  }

  async #room(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (this.#running < this.#limit) {
      this.#running += 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const given = new AbortController();
      const begin = () => {
        given.abort();
        resolve();
      };
      this.#waiting.add(begin);
      signal?.addEventListener(
        'abort',
        () => {
          this.#waiting.delete(begin);
          reject(signal.reason);
        },
        { once: true, signal: given.signal },
      );
    });
  }

  /** Hands free room on, in the order in which it was asked for. */
  #wake(): void {
    for (const begin of this.#waiting) {
      if (this.#running >= this.#limit) {
        return;
      }
      this.#waiting.delete(begin);
      this.#running += 1;
      begin();
    }
  }
}
