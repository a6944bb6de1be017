import type { Clock } from '../model/Clock';

interface Timer {
  at: number;
  action: () => void;
}

/** Lets promises go on that wait for nothing else. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) {
    await new Promise(resolve => setImmediate(resolve));
  }
}

/** A clock that a test moves; its timers run when it does. */
export class ManualClock implements Clock {
  #now: number;
  #timers: Timer[] = [];

  /** @param startMilliseconds - default 10:00 on 24 November 2026, UTC */
  constructor(startMilliseconds: number = Date.parse('2026-11-24T10:00:00Z')) {
    this.#now = startMilliseconds;
  }

  now(): number {
    return this.#now;
  }

  after(milliseconds: number, action: () => void): () => void {
    const timer = { at: this.#now + milliseconds, action };
    this.#timers.push(timer);
    return () => this.#drop(timer);
  }

  /** How many timers wait. */
  pending(): number {
    return this.#timers.length;
  }

  /** When the next timer is due; undefined where nothing waits. */
  nextTimer(): number | undefined {
    return this.#timers.length === 0
      ? undefined
      : Math.min(...this.#timers.map(({ at }) => at));
  }

  /** Jumps to a time, and then runs what was due by then. */
  moveTo(milliseconds: number): void {
    this.#now = Math.max(this.#now, milliseconds);
    for (const timer of this.#timers.filter(({ at }) => at <= this.#now)) {
      if (this.#drop(timer)) {
        timer.action();
      }
    }
  }

  /** Runs what is due on the way, each at its time. */
  advance(milliseconds: number): void {
    const until = this.#now + milliseconds;
    while (this.#runNext(until)) {
      // The next one.
    }
    this.#now = until;
  }

  /**
   * As `advance`, with time after each moment for what its timers begin.
   *
   * @param settle - resolves when nothing is under way any more; default: after a few turns
   */
  async advanceSettling(
    milliseconds: number,
    settle: () => Promise<void> = turns,
  ): Promise<void> {
    const until = this.#now + milliseconds;
    do {
      await settle();
    } while (this.#runNext(until));
    this.#now = until;
    await settle();
  }

  /** Runs all timers of the next moment that has some. */
  #runNext(until: number): boolean {
    const at = this.nextTimer();
    if (at === undefined || at > until) {
      return false;
    }
    this.#now = Math.max(this.#now, at);
    for (const timer of this.#timers.filter(one => one.at === at)) {
      if (this.#drop(timer)) {
        timer.action();
      }
    }
    return true;
  }

  #drop(timer: Timer): boolean {
    const index = this.#timers.indexOf(timer);
    if (index >= 0) {
      this.#timers.splice(index, 1);
    }
    return index >= 0;
  }
}
