import { AutoscalerView, ScaledObjectView } from '../snapshot';
import { AutoscalerPolicy, autoscalerPolicy } from './autoscalerPolicy';

/**
 * What the autoscaler decides by, read from the autoscaler itself, or, while
 * that cannot be read, from the ScaledObject with the default tolerances.
 *
 * @returns undefined where neither names a target per replica
 */
export function autoscalerPolicyOf(
  autoscaler: AutoscalerView | undefined,
  scaledObject: ScaledObjectView | undefined,
): AutoscalerPolicy | undefined {
  const bounds = autoscaler ?? scaledObject;
  const requestsPerSecondPerReplica =
    autoscaler?.targetRequestsPerSecondPerReplica ??
    scaledObject?.trigger?.requestsPerSecondPerReplica;
  if (!bounds || !requestsPerSecondPerReplica) {
    return undefined;
  }
  return autoscalerPolicy({
    requestsPerSecondPerReplica,
    minReplicas: bounds.minReplicas,
    maxReplicas: bounds.maxReplicas,
    ...(autoscaler && {
      toleranceUp: autoscaler.toleranceUp,
      toleranceDown: autoscaler.toleranceDown,
      behavior: autoscaler.behavior,
    }),
  });
}
