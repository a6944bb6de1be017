const FIRST_MILLISECONDS = 10_000;
const MAX_MILLISECONDS = 300_000;
/** A container that ran this long begins anew. */
const RESET_MILLISECONDS = 600_000;

/**
 * How long a container waits for its next start: the first restart comes at
 * once, then 10 s doubling to 5 min, counted from its end.
 */
export class RestartBackoff {
  #nextMilliseconds = 0;

  /** @param ranMilliseconds - how long the run that ended has lasted */
  next(ranMilliseconds: number): number {
    if (ranMilliseconds >= RESET_MILLISECONDS) {
      this.#nextMilliseconds = 0;
    }
    const delay = this.#nextMilliseconds;
    this.#nextMilliseconds =
      delay === 0 ? FIRST_MILLISECONDS : Math.min(delay * 2, MAX_MILLISECONDS);
    return delay;
  }
}
