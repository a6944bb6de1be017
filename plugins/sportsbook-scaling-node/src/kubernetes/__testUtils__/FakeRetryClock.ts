import { setImmediate } from 'node:timers/promises';
import { RetryClock } from '../RetryClock';

/** Time that passes only while somebody sleeps, and at once. */
export class FakeRetryClock implements RetryClock {
  /** Milliseconds of each pause, in order. */
  readonly pauses: number[] = [];
  #now = 0;

  now(): number {
    return this.#now;
  }

  /** Time that passes otherwise. */
  advance(milliseconds: number): void {
    this.#now += milliseconds;
  }

  async sleep(
    milliseconds: number,
    { signal }: { signal?: AbortSignal },
  ): Promise<void> {
    this.pauses.push(milliseconds);
    this.#now += milliseconds;
    await setImmediate();
    signal?.throwIfAborted();
  }

  random(): number {
    return 0.5;
  }
}
