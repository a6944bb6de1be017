import { UnixTimestampSeconds } from '../snapshot';
import {
  AutoscalerPolicy,
  DEFAULT_SCALE_IN_WINDOW_SECONDS,
} from './autoscalerPolicy';
import { desiredReplicas } from './desiredReplicas';
import { Rescale, scaleDownLimit, scaleUpLimit } from './scalingLimits';

/** What the autoscaler remembers from one sync to the next. */
export interface AutoscalerMemory {
  recommendations: readonly { at: UnixTimestampSeconds; replicas: number }[];
  rescales: readonly Rescale[];
}

/** One sync of the autoscaler. */
export interface AutoscalerSync {
  at: UnixTimestampSeconds;
  /** Total rate over all replicas. */
  requestsPerSecond: number;
  /** Present replicas. */
  replicas: number;
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

function windows(policy: AutoscalerPolicy): { up: number; down: number } {
  return {
    up: policy.behavior?.scaleUp.stabilizationWindowSeconds ?? 0,
    down:
      policy.behavior?.scaleDown.stabilizationWindowSeconds ??
      DEFAULT_SCALE_IN_WINDOW_SECONDS,
  };
}

/** Up only as far as the lowest, down only as far as the highest recommendation of the window. */
function stabilize(
  desired: number,
  { at, replicas }: AutoscalerSync,
  recommendations: AutoscalerMemory['recommendations'],
  policy: AutoscalerPolicy,
): number {
  const { up, down } = windows(policy);
  const within = (windowSeconds: number) =>
    recommendations
      .filter(recommendation => recommendation.at > at - windowSeconds)
      .map(recommendation => recommendation.replicas);
  const lowest = Math.min(desired, ...within(up));
  const highest = Math.max(desired, ...within(down));
  return policy.behavior
    ? Math.min(highest, Math.max(lowest, replicas))
    : highest;
}

function limit(
  stabilized: number,
  { at, replicas }: AutoscalerSync,
  rescales: readonly Rescale[],
  policy: AutoscalerPolicy,
): Pick<AutoscalerDecision, 'replicas' | 'scalingLimited'> {
  const { minReplicas, maxReplicas } = policy;
  const history = { at, rescales };
  const highest = scaleUpLimit(replicas, policy, history);
  const lowest = scaleDownLimit(replicas, policy, history);
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

function remember(
  { at, replicas }: AutoscalerSync,
  before: AutoscalerMemory,
  { desired, decided }: { desired: number; decided: number },
  policy: AutoscalerPolicy,
): AutoscalerMemory {
  const { up, down } = windows(policy);
  const longestPeriodSeconds = Math.max(
    0,
    ...(policy.behavior?.scaleUp.policies ?? []).map(p => p.periodSeconds),
    ...(policy.behavior?.scaleDown.policies ?? []).map(p => p.periodSeconds),
  );
  return {
    recommendations: [
      ...before.recommendations.filter(r => r.at > at - Math.max(up, down)),
      { at, replicas: desired },
    ],
    rescales: [
      ...before.rescales.filter(r => r.at > at - longestPeriodSeconds),
      ...(decided === replicas ? [] : [{ at, change: decided - replicas }]),
    ],
  };
}

/**
 * One sync of the autoscaler with its memory: tolerance, stabilisation windows,
 * step limits and bounds, with the reasons that its conditions would give.
 * Without a memory it is the first sync, which counts the present replicas as a
 * recommendation.
 */
export function stepAutoscaler(
  sync: AutoscalerSync,
  policy: AutoscalerPolicy,
): AutoscalerDecision {
  const { at, replicas, requestsPerSecond } = sync;
  const { minReplicas, maxReplicas } = policy;
  const before = sync.memory ?? {
    recommendations: [{ at, replicas }],
    rescales: [],
  };
  const bounded = Math.min(maxReplicas, Math.max(minReplicas, replicas));
  if (replicas === 0 && minReplicas !== 0) {
    return {
      replicas: 0,
      ableToScale: 'ReadyForNewScale',
      scalingLimited: 'DesiredWithinRange',
      memory: before,
    };
  }
  if (bounded !== replicas) {
    // Out of bounds, the metric is not even looked at.
    return {
      replicas: bounded,
      ableToScale: 'SucceededRescale',
      scalingLimited: 'DesiredWithinRange',
      memory: remember(
        sync,
        before,
        { desired: bounded, decided: bounded },
        policy,
      ),
    };
  }
  const desired = desiredReplicas(requestsPerSecond, replicas, policy);
  const stabilized = stabilize(desired, sync, before.recommendations, policy);
  const limited = limit(stabilized, sync, before.rescales, policy);
  const waits =
    desired >= replicas ? 'ScaleUpStabilized' : 'ScaleDownStabilized';
  const holds = stabilized === desired ? 'ReadyForNewScale' : waits;
  return {
    ...limited,
    ableToScale: limited.replicas === replicas ? holds : 'SucceededRescale',
    memory: remember(
      sync,
      before,
      { desired, decided: limited.replicas },
      policy,
    ),
  };
}
