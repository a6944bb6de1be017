import {
  ScalingHistory,
  UnixTimestampSeconds,
} from '@sportsbook/plugin-sportsbook-scaling-common';

/**
 * The history carried on to what was just read, so that the chart ends where
 * the numbers beside it stand. Replicas come from the autoscaler here: a new
 * one counts for Prometheus only after its first scrape.
 */
export function withCurrentPoint(
  history: ScalingHistory,
  current: {
    at: UnixTimestampSeconds;
    requestsPerSecond?: number;
    replicas?: number;
  },
): ScalingHistory {
  const { at, requestsPerSecond, replicas } = current;
  if (at <= history.to) {
    return history;
  }
  return {
    ...history,
    to: at,
    requestsPerSecond:
      requestsPerSecond === undefined
        ? history.requestsPerSecond
        : [...history.requestsPerSecond, { at, requestsPerSecond }],
    replicas:
      replicas === undefined
        ? history.replicas
        : [...history.replicas, { at, replicas }],
  };
}
