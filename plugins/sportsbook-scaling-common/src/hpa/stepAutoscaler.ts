import { AutoscalerPolicy } from './autoscalerPolicy';
import { desiredReplicas } from './desiredReplicas';
import { AutoscalerDecision, ReplicaStep, stepReplicas } from './stepReplicas';

/** One sync of the autoscaler. */
export interface AutoscalerSync extends Omit<ReplicaStep, 'desired'> {
  /** Total rate over all replicas. */
  requestsPerSecond: number;
}

/**
 * One sync of the autoscaler with its memory: what the rate asks for within the
 * tolerance (see {@link desiredReplicas}), then windows, limits and bounds (see
 * {@link stepReplicas}).
 */
export function stepAutoscaler(
  { requestsPerSecond, ...sync }: AutoscalerSync,
  policy: AutoscalerPolicy,
): AutoscalerDecision {
  return stepReplicas(
    {
      ...sync,
      desired: desiredReplicas(requestsPerSecond, sync.replicas, policy),
    },
    policy,
  );
}
