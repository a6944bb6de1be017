import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Runs a check until it stops throwing.
 *
 * @throws what the check threw last, once `withinSeconds` have passed
 */
export async function eventually<T>(
  check: () => Promise<T>,
  options: { withinSeconds: number; everySeconds?: number },
): Promise<T> {
  const deadline = Date.now() + options.withinSeconds * 1000;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) {
        throw error;
      }
      await sleep((options.everySeconds ?? 1) * 1000);
    }
  }
}
