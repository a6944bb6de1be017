import { KubernetesApiError } from '../errors';
import { sleep } from '../sleep';
import { retryable } from './retryable';

/** How long a call may be tried. */
export interface RetryPolicy {
  /** Of one attempt. Default 30. */
  attemptTimeoutSeconds?: number;
  /**
   * Of all attempts and the pauses between them; 0 tries once. A running
   * attempt is not cut off by it. Default 20.
   */
  budgetSeconds?: number;
}

export const DEFAULT_ATTEMPT_TIMEOUT_SECONDS = 30;
export const DEFAULT_BUDGET_SECONDS = 20;

const FIRST_PAUSE_MILLISECONDS = 250;
const LONGEST_PAUSE_MILLISECONDS = 4_000;

/**
 * Runs `attempt` until it succeeds, fails for good, or the budget is used up;
 * then the last error is thrown. A server that asks for a longer pause than
 * the budget has left is not asked again.
 */
export async function withRetries<T>(
  attempt: () => Promise<T>,
  options: { budgetSeconds: number; signal?: AbortSignal },
): Promise<T> {
  const budgetMilliseconds = options.budgetSeconds * 1000;
  if (budgetMilliseconds <= 0) {
    options.signal?.throwIfAborted();
    return await attempt();
  }
  const { default: pRetry } = await import('p-retry');
  const start = performance.now();
  return pRetry(attempt, {
    retries: Number.POSITIVE_INFINITY,
    minTimeout: FIRST_PAUSE_MILLISECONDS,
    maxTimeout: LONGEST_PAUSE_MILLISECONDS,
    maxRetryTime: budgetMilliseconds,
    randomize: true,
    signal: options.signal,
    shouldRetry: async ({ error }) => {
      if (!retryable(error)) {
        return false;
      }
      const askedMilliseconds =
        1000 *
        (error instanceof KubernetesApiError
          ? error.retryAfterSeconds ?? 0
          : 0);
      if (performance.now() - start + askedMilliseconds > budgetMilliseconds) {
        return false;
      }
      if (askedMilliseconds > 0) {
        await sleep(askedMilliseconds, { signal: options.signal });
      }
      return true;
    },
  });
}
