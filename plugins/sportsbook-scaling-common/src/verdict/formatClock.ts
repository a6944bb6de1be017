import { UnixTimestampSeconds } from '../snapshot';

const DAY_SECONDS = 24 * 60 * 60;

/**
 * `20:15 UTC`, and with its date when it is not within the last day. UTC,
 * because the sentence is made once for all viewers.
 */
export function formatClock(
  at: UnixTimestampSeconds,
  now: UnixTimestampSeconds,
): string {
  const iso = new Date(at * 1000).toISOString();
  const clock = `${iso.slice(11, 16)} UTC`;
  return now - at < DAY_SECONDS ? clock : `${iso.slice(0, 10)} ${clock}`;
}
