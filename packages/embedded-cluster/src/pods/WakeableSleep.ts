import type { Clock } from '../model/Clock';
import { clockSleep } from './clockSleep';

/** Waits that somebody may end early, all at once, because there is news. */
export class WakeableSleep {
  readonly #clock: Clock;
  readonly #waiting = new Set<AbortController>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Rejects only with the signal's reason; being woken is a good end. */
  async sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    const woken = new AbortController();
    this.#waiting.add(woken);
    try {
      await clockSleep(
        this.#clock,
        milliseconds,
        AbortSignal.any([signal, woken.signal]),
      );
    } catch (error) {
      if (signal.aborted) {
        throw error;
      }
    } finally {
      this.#waiting.delete(woken);
    }
  }

  wake(): void {
    this.#waiting.forEach(woken => woken.abort());
  }
}
