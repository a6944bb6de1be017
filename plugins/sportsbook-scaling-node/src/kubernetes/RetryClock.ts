import { sleep } from '../sleep';

/** Time and chance, as retries see them; tests bring their own. */
export interface RetryClock {
  /** Milliseconds on a clock that never goes back. */
  now(): number;
  /** Rejects with the signal's reason when that aborts. */
  sleep(milliseconds: number, options: { signal?: AbortSignal }): Promise<void>;
  /** From 0 up to, not including, 1. */
  random(): number;
}

export const SYSTEM_RETRY_CLOCK: RetryClock = {
  now: () => performance.now(),
  sleep,
  random: () => Math.random(),
};
