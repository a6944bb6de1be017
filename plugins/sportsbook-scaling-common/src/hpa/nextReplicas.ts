import { AutoscalerPolicy } from './autoscalerPolicy';
import { desiredReplicas } from './desiredReplicas';
import { scaleDownLimit, scaleUpLimit } from './scalingLimits';

/**
 * The autoscaler's next decision for a steady rate, as if nothing had happened
 * before: tolerance, step limits and bounds count, stabilisation windows do
 * not (see {@link stepAutoscaler} for those).
 *
 * @param requestsPerSecond - total rate over all replicas; NaN and negative count as 0
 * @param replicas - present replicas; at 0 with a minimum above 0 the autoscaler is disabled and 0 stays
 */
export function nextReplicas(
  requestsPerSecond: number,
  replicas: number,
  policy: AutoscalerPolicy,
): number {
  const { minReplicas, maxReplicas } = policy;
  if (replicas === 0 && minReplicas !== 0) {
    return 0;
  }
  if (replicas > maxReplicas) {
    return maxReplicas;
  }
  if (replicas < minReplicas) {
    return minReplicas;
  }
  const desired = desiredReplicas(requestsPerSecond, replicas, policy);
  if (desired > replicas) {
    return Math.min(desired, maxReplicas, scaleUpLimit(replicas, policy));
  }
  if (desired < replicas) {
    return Math.max(desired, minReplicas, scaleDownLimit(replicas, policy));
  }
  return replicas;
}
