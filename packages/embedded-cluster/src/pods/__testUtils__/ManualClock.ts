import type { Clock } from '../../model/Clock';

/** A clock that a test moves; what waits for it runs in the turns of the test. */
export class ManualClock implements Clock {
  #now = Date.parse('2026-11-24T10:00:00Z');
  #timers: { at: number; action: () => void }[] = [];

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

  /** Moves on, one timer after the other, with time for what each of them begins. */
  async advance(milliseconds: number): Promise<void> {
    const until = this.#now + milliseconds;
    for (;;) {
      await settle();
      const next = this.#timers
        .filter(({ at }) => at <= until)
        .sort((a, b) => a.at - b.at)[0];
      if (!next) {
        break;
      }
      this.#now = next.at;
      this.#timers = this.#timers.filter(other => other !== next);
      next.action();
    }
    this.#now = until;
    await settle();
  }
}

/** Until promises that wait for nothing else have gone on. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) {
    await new Promise(resolve => setImmediate(resolve));
  }
}
