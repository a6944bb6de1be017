import type { Clock } from '../../model/Clock';

/** Time that passes when a test says so. */
export class ManualClock implements Clock {
  #now = Date.parse('2026-11-24T10:00:00Z');
  readonly #timers = new Set<{ at: number; action: () => void }>();

  now(): number {
    return this.#now;
  }

  after(milliseconds: number, action: () => void): () => void {
    const timer = { at: this.#now + milliseconds, action };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** When the next timer is due; undefined where nothing waits. */
  nextTimer(): number | undefined {
    return this.#timers.size === 0
      ? undefined
      : Math.min(...[...this.#timers].map(({ at }) => at));
  }

  /** Moves to a time and runs what is due by then. */
  moveTo(milliseconds: number): void {
    this.#now = Math.max(this.#now, milliseconds);
    for (const timer of [...this.#timers]) {
      if (timer.at <= this.#now) {
        this.#timers.delete(timer);
        timer.action();
      }
    }
  }
}
