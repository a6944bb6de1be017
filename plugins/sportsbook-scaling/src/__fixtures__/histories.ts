import type {
  ScalingHistory,
  UnixTimestampSeconds,
} from '@sportsbook/plugin-sportsbook-scaling-common';

/** 2026-11-24T21:04:00Z, the moment of every snapshot here. */
export const OBSERVED_AT: UnixTimestampSeconds = 1795554240;

export const STEP_SECONDS = 15;
const WINDOW_SECONDS = 30 * 60;

/** What happened at a second of the window; undefined is a gap. */
type Course = (secondsIn: number) => number | undefined;

/** A history whose points come from two courses, drawn up by hand. */
export function historyOf(rate: Course, replicas: Course): ScalingHistory {
  const from = OBSERVED_AT - WINDOW_SECONDS;
  const times = Array.from(
    { length: WINDOW_SECONDS / STEP_SECONDS + 1 },
    (_, index) => index * STEP_SECONDS,
  );
  return {
    from,
    to: OBSERVED_AT,
    stepSeconds: STEP_SECONDS,
    requestsPerSecond: times.flatMap(secondsIn => {
      const requestsPerSecond = rate(secondsIn);
      return requestsPerSecond === undefined
        ? []
        : [{ at: from + secondsIn, requestsPerSecond }];
    }),
    replicas: times.flatMap(secondsIn => {
      const count = replicas(secondsIn);
      return count === undefined
        ? []
        : [{ at: from + secondsIn, replicas: count }];
    }),
  };
}

/** Between two values over a stretch, flat outside it. */
export function ramp(
  secondsIn: number,
  course: { from: number; to: number; start: number; end: number },
): number {
  const { from, to, start, end } = course;
  const share = Math.max(0, Math.min(1, (secondsIn - start) / (end - start)));
  return from + (to - from) * share;
}

/** A little unevenness, the same in every run. */
export function ripple(secondsIn: number, height: number): number {
  return height * Math.sin(secondsIn / 37) * Math.cos(secondsIn / 11);
}
