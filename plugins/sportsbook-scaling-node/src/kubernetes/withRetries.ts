import { KubernetesApiError } from '../errors';
import { retryable } from './retryable';
import { RetryClock, SYSTEM_RETRY_CLOCK } from './RetryClock';

const FIRST_PAUSE_MILLISECONDS = 250;
const LONGEST_PAUSE_MILLISECONDS = 4_000;

/**
 * Runs `attempt` until it succeeds, fails for good, or the budget is used up;
 * then the last error is thrown. A server that asks for a longer pause than
 * the budget has left is not asked again.
 *
 * @remarks
 * Not p-retry, which rejects when the signal aborts during an attempt that
 * succeeds: a write that was made would go unrecorded.
 *
 * @param options.retryable - whether a failed attempt may succeed in a moment; default {@link retryable}
 * @throws the signal's reason when it aborts between attempts
 */
export async function withRetries<T>(
  attempt: () => Promise<T>,
  options: {
    budgetSeconds: number;
    retryable?: (error: unknown) => boolean;
    clock?: RetryClock;
    signal?: AbortSignal;
  },
): Promise<T> {
  const { signal, clock = SYSTEM_RETRY_CLOCK } = options;
  const mayRetry = options.retryable ?? retryable;
  const deadline = clock.now() + options.budgetSeconds * 1000;
  for (let failures = 0; ; failures += 1) {
    signal?.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      signal?.throwIfAborted();
      const leftMilliseconds = deadline - clock.now();
      const askedMilliseconds = pauseAskedFor(error);
      if (
        leftMilliseconds <= 0 ||
        askedMilliseconds > leftMilliseconds ||
        !mayRetry(error)
      ) {
        throw error;
      }
      await clock.sleep(
        Math.min(
          askedMilliseconds + ownPause(failures, clock.random()),
          leftMilliseconds,
        ),
        { signal },
      );
    }
  }
}

/** Twice as long after each failure; at random in its upper half, so that those who failed together do not come back together. */
function ownPause(failures: number, random: number): number {
  const longest = Math.min(
    FIRST_PAUSE_MILLISECONDS * 2 ** failures,
    LONGEST_PAUSE_MILLISECONDS,
  );
  return (longest * (1 + random)) / 2;
}

function pauseAskedFor(error: unknown): number {
  return error instanceof KubernetesApiError
    ? 1000 * (error.retryAfterSeconds ?? 0)
    : 0;
}
