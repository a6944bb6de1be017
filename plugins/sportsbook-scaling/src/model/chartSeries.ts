import type {
  ScalingHistory,
  UnixTimestampSeconds,
} from '@sportsbook/plugin-sportsbook-scaling-common';

/** What is known of one moment; undefined where its series has a gap. */
export interface ChartReading {
  at: UnixTimestampSeconds;
  requestsPerSecond?: number;
  replicas?: number;
}

// A point that comes a little late is not a gap; one that is missing is.
const GAP_IN_STEPS = 1.5;

/**
 * Cuts a series where points are missing, so that no line is drawn over times
 * of which nothing is known.
 *
 * @param points - in order of time
 */
export function splitAtGaps<T extends { at: UnixTimestampSeconds }>(
  points: T[],
  stepSeconds: number,
): T[][] {
  const segments: T[][] = [];
  for (const point of points) {
    const segment = segments[segments.length - 1];
    const previous = segment?.[segment.length - 1];
    if (previous && point.at - previous.at <= GAP_IN_STEPS * stepSeconds) {
      segment.push(point);
    } else {
      segments.push([point]);
    }
  }
  return segments;
}

/** Both series joined by time, in order of time. */
export function chartReadings(history: ScalingHistory): ChartReading[] {
  const byTime = new Map<UnixTimestampSeconds, ChartReading>();
  for (const point of history.requestsPerSecond) {
    byTime.set(point.at, { ...byTime.get(point.at), ...point });
  }
  for (const point of history.replicas) {
    byTime.set(point.at, { ...byTime.get(point.at), ...point });
  }
  return [...byTime.values()].sort((a, b) => a.at - b.at);
}

/** Index of the reading whose time is nearest; undefined without readings. */
export function nearestReading(
  readings: ChartReading[],
  at: UnixTimestampSeconds,
): number | undefined {
  let nearest: number | undefined;
  readings.forEach((reading, index) => {
    if (
      nearest === undefined ||
      Math.abs(reading.at - at) < Math.abs(readings[nearest].at - at)
    ) {
      nearest = index;
    }
  });
  return nearest;
}
