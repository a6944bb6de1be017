import { AutoscalerPolicy } from '../hpa/autoscalerPolicy';
import { replicaLevels } from '../hpa/replicaLevels';
import { ReplicaLevels, ScaledObjectView } from '../snapshot';

/**
 * The levels at which the replicas change next. None while the rate decides
 * nothing: paused, or on fallback.
 */
export function currentLevels(options: {
  scaledObject?: ScaledObjectView;
  policy?: AutoscalerPolicy;
  replicas?: number;
}): ReplicaLevels {
  const { scaledObject, policy, replicas } = options;
  const decidesNothing =
    scaledObject?.paused?.how === 'all' || scaledObject?.fallback?.active;
  return policy && replicas !== undefined && !decidesNothing
    ? replicaLevels(replicas, policy)
    : {};
}
