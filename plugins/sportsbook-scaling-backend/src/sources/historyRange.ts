import { UnixTimestampSeconds } from '@sportsbook/plugin-sportsbook-scaling-common';

const HISTORY_SECONDS = 30 * 60;
/** Three scrapes of a generated service, and 120 points in the history. */
const STEP_SECONDS = 15;

/**
 * The last 30 minutes, ending at the last whole step, so that the points stay
 * where they are from one look to the next.
 */
export function historyRange(now: UnixTimestampSeconds) {
  const to = Math.floor(now / STEP_SECONDS) * STEP_SECONDS;
  return { from: to - HISTORY_SECONDS, to, stepSeconds: STEP_SECONDS };
}
