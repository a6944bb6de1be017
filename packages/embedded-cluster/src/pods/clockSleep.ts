import type { Clock } from '../model/Clock';

/** Resolves after a while of the clock's; rejects with the signal's reason when it is aborted. */
export function clockSleep(
  clock: Clock,
  milliseconds: number,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const sleep = { cancel: () => {} };
    const stop = () => {
      sleep.cancel();
      reject(signal.reason);
    };
    sleep.cancel = clock.after(milliseconds, () => {
      signal.removeEventListener('abort', stop);
      resolve();
    });
    signal.addEventListener('abort', stop, { once: true });
  });
}
