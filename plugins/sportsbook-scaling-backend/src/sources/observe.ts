import { LoggerService } from '@backstage/backend-plugin-api';
import { failureOf } from './failureOf';
import { notSeen, Observation } from './Observation';

/** How one source is asked. */
export interface ObserveOptions {
  /** The source, as a message names it: `Prometheus`, `The ScaledObject`. */
  what: string;
  timeoutSeconds: number;
  logger: LoggerService;
  /** Ends the question early; rejects with its reason. */
  signal?: AbortSignal;
}

/**
 * Asks one source within its time. Whatever goes wrong with the source becomes
 * an observation, so that the other sources are not affected.
 *
 * @throws the signal's reason when aborted
 */
export async function observe<T>(
  ask: (signal: AbortSignal) => Promise<Observation<T>>,
  options: ObserveOptions,
): Promise<Observation<T>> {
  const { what, timeoutSeconds, logger, signal } = options;
  const timeout = AbortSignal.timeout(timeoutSeconds * 1000);
  try {
    return await ask(signal ? AbortSignal.any([timeout, signal]) : timeout);
  } catch (error) {
    signal?.throwIfAborted();
    const failure = failureOf(error);
    if (failure && error instanceof Error) {
      return notSeen(failure, error.message);
    }
    if (timeout.aborted) {
      return notSeen(
        'unreachable',
        `${what} did not answer within ${timeoutSeconds} s.`,
      );
    }
    logger.error(
      `${what} could not be read`,
      error instanceof Error ? error : new Error(String(error)),
    );
    return notSeen(
      'failed',
      `${what} could not be read; the reason is in Backstage's log.`,
    );
  }
}
