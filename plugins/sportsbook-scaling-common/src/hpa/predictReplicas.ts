import { RatePoint, ReplicaPoint } from '../snapshot';
import { AUTOSCALER_SYNC_SECONDS, AutoscalerPolicy } from './autoscalerPolicy';
import { stepAutoscaler } from './stepAutoscaler';
import { AutoscalerMemory } from './stepReplicas';

export interface ReplicaPrediction {
  /** The total rate, oldest first. */
  rates: readonly RatePoint[];
  /** Replicas before the first point. */
  startReplicas: number;
  policy: AutoscalerPolicy;
  /** Seconds between two decisions, default {@link AUTOSCALER_SYNC_SECONDS}. */
  syncSeconds?: number;
}

/**
 * The replicas that the autoscaler would have chosen over a series of rates: one
 * point for each sync, the first at the first rate's time. Each sync sees the
 * latest rate that is not in its future; new replicas count at once.
 *
 * @throws RangeError for a `syncSeconds` that is not above 0
 */
export function predictReplicas(prediction: ReplicaPrediction): ReplicaPoint[] {
  const { rates, policy, syncSeconds = AUTOSCALER_SYNC_SECONDS } = prediction;
  if (!(syncSeconds > 0)) {
    throw new RangeError(`syncSeconds is ${syncSeconds}; it must be above 0`);
  }
  if (rates.length === 0) {
    return [];
  }
  const points: ReplicaPoint[] = [];
  let replicas = prediction.startReplicas;
  let memory: AutoscalerMemory | undefined;
  let seen = 0;
  const start = rates[0].at;
  const end = rates[rates.length - 1].at;
  for (let at = start; at <= end; at += syncSeconds) {
    while (seen + 1 < rates.length && rates[seen + 1].at <= at) {
      seen += 1;
    }
    const decision = stepAutoscaler(
      {
        at,
        requestsPerSecond: rates[seen].requestsPerSecond,
        replicas,
        ...(memory && { memory }),
      },
      policy,
    );
    replicas = decision.replicas;
    memory = decision.memory;
    points.push({ at, replicas });
  }
  return points;
}
