import {
  autoscalerPolicy,
  stepAutoscaler,
  type AutoscalerDecision,
  type AutoscalerMemory,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import type { AutoscalerSpec } from './autoscalerSpec';

/**
 * One step of the shared arithmetic for a count that the metrics already ask
 * for. With a target of one request per second and replica and no tolerance, a
 * rate of n asks for n replicas: so several metrics, and targets other than an
 * average, decide by the same windows and limits.
 *
 * @param wanted - what the metrics ask for; while the replicas are out of bounds it does not count
 */
export function decideReplicas(options: {
  spec: AutoscalerSpec;
  atMilliseconds: number;
  replicas: number;
  wanted: number;
  memory: AutoscalerMemory;
}): AutoscalerDecision {
  const { spec, atMilliseconds, replicas, wanted, memory } = options;
  const decision = stepAutoscaler(
    {
      at: atMilliseconds / 1000,
      requestsPerSecond: wanted,
      replicas,
      memory,
    },
    autoscalerPolicy({
      requestsPerSecondPerReplica: 1,
      toleranceUp: 0,
      toleranceDown: 0,
      minReplicas: spec.minReplicas,
      maxReplicas: spec.maxReplicas,
      behavior: spec.behavior,
    }),
  );
  if (replicas < spec.minReplicas || replicas > spec.maxReplicas) {
    // Bringing the replicas back into the bounds is no recommendation of a metric.
    return {
      ...decision,
      memory: { ...decision.memory, recommendations: memory.recommendations },
    };
  }
  return spec.behavior === undefined &&
    decision.ableToScale === 'ScaleUpStabilized'
    ? // Without a behavior there is a window for scaling down alone.
      { ...decision, ableToScale: 'ScaleDownStabilized' }
    : decision;
}
