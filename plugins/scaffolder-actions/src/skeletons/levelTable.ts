import {
  autoscalerPolicy,
  replicaLevels,
  ScalingPolicy,
} from '@sportsbook/plugin-sportsbook-scaling-common';

/** More rows than this tell a reader nothing new. */
const MOST_ROWS = 5;

/** One row of the table in the generated README; rates in requests per second. */
export type LevelRow = {
  replicas: number;
  /** Null at the maximum. */
  moreAboveRequestsPerSecond: number | null;
  /** Null at the minimum. */
  fewerAtRequestsPerSecond: number | null;
};

/** At which rates replicas come and go, from the minimum on. */
export function levelTable(
  policy: Pick<
    ScalingPolicy,
    'requestsPerSecondPerReplica' | 'minReplicas' | 'maxReplicas'
  >,
): LevelRow[] {
  const { minReplicas, maxReplicas } = policy;
  const autoscaler = autoscalerPolicy(policy);
  const rows = Math.min(MOST_ROWS, maxReplicas - minReplicas + 1);
  return Array.from({ length: rows }, (_, index) => {
    const replicas = minReplicas + index;
    const levels = replicaLevels(replicas, autoscaler);
    return {
      replicas,
      moreAboveRequestsPerSecond: levels.scaleOutAboveRequestsPerSecond ?? null,
      fewerAtRequestsPerSecond: levels.scaleInAtRequestsPerSecond ?? null,
    };
  });
}
