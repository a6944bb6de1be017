import type { Clock } from '../../model/Clock';

/** A clock that a test moves; its timers run when it does. */
export class FakeClock implements Clock {
  #now: number;
  #timers: { at: number; action: () => void }[] = [];

  constructor(nowMilliseconds: number) {
    this.#now = nowMilliseconds;
  }

  now(): number {
    return this.#now;
  }

  after(milliseconds: number, action: () => void): () => void {
    const timer = { at: this.#now + milliseconds, action };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter(one => one !== timer);
    };
  }

  /** Runs what is due on the way, and lets promises go on after each. */
  async advance(milliseconds: number): Promise<void> {
    const until = this.#now + milliseconds;
    for (;;) {
      const [next] = this.#timers
        .filter(({ at }) => at <= until)
        .sort((a, b) => a.at - b.at);
      if (!next) {
        break;
      }
      this.#now = next.at;
      this.#timers = this.#timers.filter(one => one !== next);
      next.action();
      await new Promise(resolve => setImmediate(resolve));
      await new Promise(resolve => setImmediate(resolve));
    }
    this.#now = until;
  }
}
