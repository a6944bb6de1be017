import type { Clock } from '../model/Clock';
import { clockSleep } from './clockSleep';
import type { PodObject } from './podObject';

/**
 * Resolves when a pod has been active for as long as it may; never where it
 * has no deadline. Rejects with the signal's reason.
 *
 * @param startTime - of the pod, RFC 3339
 */
export function untilDeadline(
  { spec }: PodObject,
  startTime: string,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const seconds = spec.activeDeadlineSeconds;
  if (seconds === undefined) {
    return new Promise(() => undefined);
  }
  const left = Date.parse(startTime) + seconds * 1_000 - clock.now();
  return clockSleep(clock, Math.max(left, 0), signal);
}
