import { scaleLinear, scaleTime } from '@visx/scale';
import type {
  ReplicaLevels,
  ScalingHistory,
} from '@sportsbook/plugin-sportsbook-scaling-common';

const HEADROOM = 1.12;
const MOST_REPLICA_TICKS = 6;

export interface ChartScalesInput {
  history: ScalingHistory;
  levels: ReplicaLevels;
  /** Requests per second of one replica; undefined leaves the axes independent. */
  threshold?: number;
  /** Size of the plot without axes, in pixels. */
  width: number;
  height: number;
}

/**
 * Scales of the chart: time in milliseconds to x, rate and replicas to y.
 *
 * With a threshold both y axes share one geometry, n replicas at the height of
 * n times the threshold: a rate above the steps is more than the replicas
 * should have.
 */
export function chartScales(input: ChartScalesInput) {
  const { history, levels, threshold, width, height } = input;
  const highestRate = highest([
    ...history.requestsPerSecond.map(point => point.requestsPerSecond),
    levels.scaleOutAboveRequestsPerSecond ?? 0,
    levels.scaleInAtRequestsPerSecond ?? 0,
  ]);
  const highestReplicas = Math.max(
    1,
    highest(history.replicas.map(point => point.replicas)),
  );
  const aligned = threshold !== undefined && threshold > 0;
  const topRate =
    HEADROOM *
    (aligned
      ? Math.max(highestRate, highestReplicas * threshold)
      : Math.max(highestRate, 1));
  const topReplicas = aligned ? topRate / threshold : highestReplicas + 1;
  return {
    time: scaleTime<number>({
      domain: [history.from * 1000, history.to * 1000],
      range: [0, width],
    }),
    rate: scaleLinear<number>({ domain: [0, topRate], range: [height, 0] }),
    replicas: scaleLinear<number>({
      domain: [0, topReplicas],
      range: [height, 0],
    }),
    replicaTicks: replicaTicks(topReplicas),
  };
}

export type ChartScales = ReturnType<typeof chartScales>;

/** Whole numbers from 0 to at most `top`, never more than seven of them. */
export function replicaTicks(top: number): number[] {
  const last = Math.floor(top);
  let step = 1;
  for (const next of [1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000]) {
    step = next;
    if (last / step <= MOST_REPLICA_TICKS) {
      break;
    }
  }
  return Array.from(
    { length: Math.floor(last / step) + 1 },
    (_, index) => index * step,
  );
}

function highest(values: number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}
