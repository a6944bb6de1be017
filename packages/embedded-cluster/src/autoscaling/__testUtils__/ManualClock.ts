import type { Clock } from '../../model/Clock';

/** A clock that a test moves; what timers of one moment start may settle before the next. */
export class ManualClock implements Clock {
  #now: number;
  #timers: { at: number; action: () => void }[] = [];

  constructor(startMilliseconds = Date.parse('2026-11-24T10:00:00Z')) {
    this.#now = startMilliseconds;
  }

  now(): number {
    return this.#now;
  }

  after(milliseconds: number, action: () => void): () => void {
    const timer = { at: this.#now + milliseconds, action };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter(other => other !== timer);
    };
  }

  /** @param settle - resolves when nothing is under way any more */
  async advance(
    milliseconds: number,
    settle: () => Promise<void>,
  ): Promise<void> {
    const until = this.#now + milliseconds;
    await settle();
    for (;;) {
      const at = Math.min(...this.#timers.map(timer => timer.at));
      if (at > until) {
        break;
      }
      this.#now = Math.max(this.#now, at);
      const due = this.#timers.filter(timer => timer.at === at);
      this.#timers = this.#timers.filter(timer => timer.at !== at);
      due.forEach(({ action }) => action());
      await settle();
    }
    this.#now = until;
  }
}
