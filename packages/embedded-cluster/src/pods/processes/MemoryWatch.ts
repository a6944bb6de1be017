import pidusage from 'pidusage';
import type { Clock } from '../../model/Clock';

const INTERVAL_MILLISECONDS = 1_000;

/**
 * Ends processes that take more memory than their container may have: looked
 * at once each second, all in one. A limit can be exceeded in between, so it
 * holds for what a program does, not against one that means harm.
 */
export class MemoryWatch {
  readonly #clock: Clock;
  readonly #limits = new Map<
    number,
    { limitBytes: number; onExceeded(): void }
  >();
  #cancel: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  watch(pid: number, limitBytes: number, onExceeded: () => void): void {
    this.#limits.set(pid, { limitBytes, onExceeded });
    this.#cancel ??= this.#clock.after(INTERVAL_MILLISECONDS, () => {
      void this.#look();
    });
  }

  unwatch(pid: number): void {
    this.#limits.delete(pid);
  }

  stop(): void {
    this.#limits.clear();
    this.#cancel?.();
    this.#cancel = undefined;
  }

  async #look(): Promise<void> {
    const usage = await memoryOf([...this.#limits.keys()]);
    for (const [pid, bytes] of usage) {
      const limit = this.#limits.get(pid);
      if (limit && bytes > limit.limitBytes) {
        this.#limits.delete(pid);
        limit.onExceeded();
      }
    }
    this.#cancel =
      this.#limits.size > 0
        ? this.#clock.after(INTERVAL_MILLISECONDS, () => {
            void this.#look();
          })
        : undefined;
  }
}

async function memoryOf(pids: number[]): Promise<Map<number, number>> {
  try {
    const usage: Record<string, { memory: number } | undefined> =
      await pidusage(pids);
    return new Map(
      pids.flatMap(pid => {
        const bytes = usage[pid]?.memory;
        return bytes === undefined ? [] : [[pid, bytes]];
      }),
    );
  } catch {
    // None of them is there any more.
    return new Map();
  }
}
