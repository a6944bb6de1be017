import { UnixTimestampSeconds } from '../snapshot';
import {
  AutoscalerPolicy,
  DEFAULT_SCALE_IN_WINDOW_SECONDS,
} from './autoscalerPolicy';
import { Rescale, scaleDownLimit, scaleUpLimit } from './scalingLimits';

/** What the autoscaler remembers from one sync to the next. */
export interface AutoscalerMemory {
  recommendations: readonly { at: UnixTimestampSeconds; replicas: number }[];
  rescales: readonly Rescale[];
}

/** What a step decides by beside the metrics. */
export type ReplicaLimits = Pick<
  AutoscalerPolicy,
  'minReplicas' | 'maxReplicas' | 'behavior'
>;

/** One sync of the autoscaler whose metrics have been read. */
export interface ReplicaStep {
  at: UnixTimestampSeconds;
  /** Present replicas. */
  replicas: number;
  /** What the metrics ask for; does not count while the replicas are out of bounds. */
  desired: number;
  memory?: AutoscalerMemory;
}

export interface AutoscalerDecision {
  replicas: number;
  /** Reason of the condition `AbleToScale`. */
  ableToScale:
    | 'ReadyForNewScale'
    | 'ScaleUpStabilized'
    | 'ScaleDownStabilized'
    | 'SucceededRescale';
  /** Reason of the condition `ScalingLimited`; it is True for all but `DesiredWithinRange`. */
  scalingLimited:
    | 'DesiredWithinRange'
    | 'ScaleUpLimit'
    | 'ScaleDownLimit'
    | 'TooManyReplicas'
    | 'TooFewReplicas';
  memory: AutoscalerMemory;
}

function windows(limits: ReplicaLimits): { up: number; down: number } {
  return {
    up: limits.behavior?.scaleUp.stabilizationWindowSeconds ?? 0,
    down:
      limits.behavior?.scaleDown.stabilizationWindowSeconds ??
      DEFAULT_SCALE_IN_WINDOW_SECONDS,
  };
}

/** Up only as far as the lowest, down only as far as the highest recommendation of the window. */
function stabilize(
  { at, replicas, desired }: ReplicaStep,
  recommendations: AutoscalerMemory['recommendations'],
  limits: ReplicaLimits,
): number {
  const { up, down } = windows(limits);
  const within = (windowSeconds: number) =>
    recommendations
      .filter(recommendation => recommendation.at > at - windowSeconds)
      .map(recommendation => recommendation.replicas);
  const lowest = Math.min(desired, ...within(up));
  const highest = Math.max(desired, ...within(down));
  return limits.behavior
    ? Math.min(highest, Math.max(lowest, replicas))
    : highest;
}

function limit(
  stabilized: number,
  { at, replicas }: ReplicaStep,
  rescales: readonly Rescale[],
  limits: ReplicaLimits,
): Pick<AutoscalerDecision, 'replicas' | 'scalingLimited'> {
  const { minReplicas, maxReplicas } = limits;
  const history = { at, rescales };
  const highest = scaleUpLimit(replicas, limits, history);
  const lowest = scaleDownLimit(replicas, limits, history);
  if (stabilized > Math.min(maxReplicas, highest)) {
    return highest < maxReplicas
      ? { replicas: highest, scalingLimited: 'ScaleUpLimit' }
      : { replicas: maxReplicas, scalingLimited: 'TooManyReplicas' };
  }
  if (stabilized < Math.max(minReplicas, lowest)) {
    return lowest > minReplicas
      ? { replicas: lowest, scalingLimited: 'ScaleDownLimit' }
      : { replicas: minReplicas, scalingLimited: 'TooFewReplicas' };
  }
  return { replicas: stabilized, scalingLimited: 'DesiredWithinRange' };
}

/** Adds a recommendation to those that a window still looks at. */
function withRecommendation(
  { at, desired }: ReplicaStep,
  { recommendations }: AutoscalerMemory,
  limits: ReplicaLimits,
): AutoscalerMemory['recommendations'] {
  const { up, down } = windows(limits);
  return [
    ...recommendations.filter(r => r.at > at - Math.max(up, down)),
    { at, replicas: desired },
  ];
}

/** Adds a rescale, where it is one, to those that a policy's period still looks at. */
function withRescale(
  { at, replicas }: ReplicaStep,
  { rescales }: AutoscalerMemory,
  decided: number,
  limits: ReplicaLimits,
): readonly Rescale[] {
  const longestPeriodSeconds = Math.max(
    0,
    ...(limits.behavior?.scaleUp.policies ?? []).map(p => p.periodSeconds),
    ...(limits.behavior?.scaleDown.policies ?? []).map(p => p.periodSeconds),
  );
  return [
    ...rescales.filter(r => r.at > at - longestPeriodSeconds),
    ...(decided === replicas ? [] : [{ at, change: decided - replicas }]),
  ];
}

/** Reason of `AbleToScale` while nothing is changed. */
function readiness(
  { replicas, desired }: ReplicaStep,
  stabilized: number,
  { behavior }: ReplicaLimits,
): AutoscalerDecision['ableToScale'] {
  if (stabilized === desired) {
    return 'ReadyForNewScale';
  }
  // Without a behavior there is a window for scaling down alone.
  return behavior && desired >= replicas
    ? 'ScaleUpStabilized'
    : 'ScaleDownStabilized';
}

/**
 * One sync of the autoscaler with its memory, after the metrics: stabilisation
 * windows, step limits and bounds, with the reasons that its conditions would
 * give. For several metrics `desired` is the most that one of them asks for.
 * Without a memory it is the first sync, which counts the present replicas as a
 * recommendation.
 */
export function stepReplicas(
  step: ReplicaStep,
  limits: ReplicaLimits,
): AutoscalerDecision {
  const { at, replicas } = step;
  const { minReplicas, maxReplicas } = limits;
  const before = step.memory ?? {
    recommendations: [{ at, replicas }],
    rescales: [],
  };
  if (replicas === 0 && minReplicas !== 0) {
    return {
      replicas: 0,
      ableToScale: 'ReadyForNewScale',
      scalingLimited: 'DesiredWithinRange',
      memory: before,
    };
  }
  const bounded = Math.min(maxReplicas, Math.max(minReplicas, replicas));
  if (bounded !== replicas) {
    // Out of bounds, the metrics are not even looked at: nothing is recommended.
    return {
      replicas: bounded,
      ableToScale: 'SucceededRescale',
      scalingLimited: 'DesiredWithinRange',
      memory: {
        recommendations: before.recommendations,
        rescales: withRescale(step, before, bounded, limits),
      },
    };
  }
  const stabilized = stabilize(step, before.recommendations, limits);
  const limited = limit(stabilized, step, before.rescales, limits);
  return {
    ...limited,
    ableToScale:
      limited.replicas === replicas
        ? readiness(step, stabilized, limits)
        : 'SucceededRescale',
    memory: {
      recommendations: withRecommendation(step, before, limits),
      rescales: withRescale(step, before, limited.replicas, limits),
    },
  };
}
