import type { UnixTimestampSeconds } from '@sportsbook/plugin-sportsbook-scaling-common';

// The texts around these numbers are English, so the numbers are as well: mixed
// separators ("1.240" beside "1,240") would be read as different numbers.
const LOCALE = 'en';

const wholeNumber = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });
const oneDecimal = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 1 });
const twoDecimals = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 2 });
const compact = new Intl.NumberFormat(LOCALE, {
  notation: 'compact',
  maximumFractionDigits: 1,
});
const percent = new Intl.NumberFormat(LOCALE, {
  style: 'percent',
  maximumFractionDigits: 1,
});
const clock = new Intl.DateTimeFormat(LOCALE, {
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const clockWithSeconds = new Intl.DateTimeFormat(LOCALE, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const day = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'short' });
const dayAndClock = new Intl.DateTimeFormat(LOCALE, {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/**
 * A rate as people read it: `1,240`, `83`, `9.3`, `0.25`. What is above 0 and
 * would round to it becomes `< 0.01`.
 */
export function formatRate(requestsPerSecond: number): string {
  const size = Math.abs(requestsPerSecond);
  if (size > 0 && size < 0.005) {
    return '< 0.01';
  }
  if (size >= 9.95) {
    return wholeNumber.format(requestsPerSecond);
  }
  return (size >= 0.995 ? oneDecimal : twoDecimals).format(requestsPerSecond);
}

/** A rate for an axis, where there is little room: `250`, `1,500`, `400K`. */
export function formatRateTick(requestsPerSecond: number): string {
  return requestsPerSecond < 10_000
    ? formatRate(requestsPerSecond)
    : compact.format(requestsPerSecond);
}

/** A count of replicas or events: `3`, `1,000`. */
export function formatCount(count: number): string {
  return wholeNumber.format(count);
}

/** A fraction: 0.1 becomes `10 %`. */
export function formatPercent(fraction: number): string {
  return percent.format(fraction).replace('%', '\u00a0%');
}

/** `21:04` in the viewer's time zone. */
export function formatClock(at: UnixTimestampSeconds): string {
  return clock.format(at * 1000);
}

/** `21:04:15` in the viewer's time zone. */
export function formatClockWithSeconds(at: UnixTimestampSeconds): string {
  return clockWithSeconds.format(at * 1000);
}

/** `21:04` on the viewer's day of `now`, `Nov 3, 21:04` on any other. */
export function formatMoment(
  at: UnixTimestampSeconds,
  now: UnixTimestampSeconds,
): string {
  const isSameDay = day.format(at * 1000) === day.format(now * 1000);
  return (isSameDay ? clock : dayAndClock).format(at * 1000);
}

/** `now`, `4 s ago`, `3 min ago`, `2 h ago`, `5 days ago`. */
export function formatAge(ageSeconds: number): string {
  if (ageSeconds < 1) {
    return 'now';
  }
  if (ageSeconds < 60) {
    return `${Math.floor(ageSeconds)} s ago`;
  }
  if (ageSeconds < 3600) {
    return `${Math.floor(ageSeconds / 60)} min ago`;
  }
  if (ageSeconds < 48 * 3600) {
    return `${Math.floor(ageSeconds / 3600)} h ago`;
  }
  return `${Math.floor(ageSeconds / 86400)} days ago`;
}
