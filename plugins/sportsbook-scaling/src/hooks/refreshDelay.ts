const REFRESH_MILLISECONDS = 5_000;
const LONGEST_MILLISECONDS = 60_000;

/**
 * Milliseconds until the next question: 5 s, doubled with each failure in a
 * row up to a minute. Rights do not come back within seconds, so a refusal
 * waits the minute at once.
 */
export function refreshDelayMilliseconds(attempt: {
  failuresInARow: number;
  forbidden: boolean;
}): number {
  if (attempt.forbidden) {
    return LONGEST_MILLISECONDS;
  }
  const doublings = Math.max(0, attempt.failuresInARow - 1);
  return Math.min(LONGEST_MILLISECONDS, REFRESH_MILLISECONDS * 2 ** doublings);
}
