import { ResponseError } from '@backstage/errors';
import type { ScalingSnapshot } from '@sportsbook/plugin-sportsbook-scaling-common';
import { SnapshotTimeoutError } from './SnapshotTimeoutError';

/** Seconds after which an unanswered question counts as failed. */
export const ANSWER_WITHIN_SECONDS = 20;

/** Outcome of the last question, and the last good answer. */
export interface SnapshotAttempt {
  /** The last good answer, and when it came in milliseconds since 1970. */
  last?: { snapshot: ScalingSnapshot; fetchedAt: number };
  /** Undefined after a good answer. */
  error?: Error;
  failuresInARow: number;
}

/**
 * Asks once. A failure is part of the result, so that it can stand beside the
 * last good answer; after a refusal that answer is gone.
 *
 * @throws the signal's reason once `signal` is aborted
 */
export async function attemptSnapshot(
  ask: (options: { signal: AbortSignal }) => Promise<ScalingSnapshot>,
  before: SnapshotAttempt | undefined,
  options: { signal: AbortSignal },
): Promise<SnapshotAttempt> {
  const { signal } = options;
  const tooLate = new AbortController();
  const timer = setTimeout(
    () => tooLate.abort(new SnapshotTimeoutError(ANSWER_WITHIN_SECONDS)),
    ANSWER_WITHIN_SECONDS * 1000,
  );
  try {
    const snapshot = await ask({
      signal: AbortSignal.any([signal, tooLate.signal]),
    });
    signal.throwIfAborted();
    return { last: { snapshot, fetchedAt: Date.now() }, failuresInARow: 0 };
  } catch (cause) {
    signal.throwIfAborted();
    const error: unknown = tooLate.signal.aborted
      ? tooLate.signal.reason
      : cause;
    return {
      last: isForbidden(error) ? undefined : before?.last,
      error: error instanceof Error ? error : new Error(String(error)),
      failuresInARow: (before?.failuresInARow ?? 0) + 1,
    };
  } finally {
    clearTimeout(timer);
  }
}

/** Whether the backend refused, as opposed to failed. */
export function isForbidden(error: unknown): boolean {
  return ResponseError.is(error) && error.statusCode === 403;
}
