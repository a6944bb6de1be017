import { sleep } from '../sleep';
import { lacksEarlierStage } from './dependencies';
import { PlanContext } from './PlanContext';
import { ResolvedObject } from './ResolvedObject';

/** The server's caches catch up within half a second; beyond this something else is wrong. */
const LONGEST_SECONDS = 30;
const PAUSE_MILLISECONDS = 250;

/**
 * Repeats a call while the server's caches have not taken up an earlier stage.
 *
 * @remarks
 * Not p-retry, which rejects when the signal aborts during a call that
 * succeeds: a write that was made would go unrecorded.
 */
export async function afterEarlierStages<T>(
  { objects, signal }: PlanContext,
  object: ResolvedObject,
  call: () => Promise<T>,
): Promise<T> {
  const deadline = performance.now() + LONGEST_SECONDS * 1000;
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (
        !lacksEarlierStage(error, object, objects) ||
        performance.now() > deadline
      ) {
        throw error;
      }
      await sleep(PAUSE_MILLISECONDS, { signal });
    }
  }
}
