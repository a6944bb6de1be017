import { UnixTimestampSeconds } from '../snapshot';

/**
 * A Kubernetes time (RFC 3339) in seconds.
 *
 * @returns undefined for what is absent or no time
 */
export function unixTimestamp(
  time: string | null | undefined,
): UnixTimestampSeconds | undefined {
  const milliseconds = typeof time === 'string' ? Date.parse(time) : NaN;
  return Number.isNaN(milliseconds) ? undefined : milliseconds / 1000;
}
