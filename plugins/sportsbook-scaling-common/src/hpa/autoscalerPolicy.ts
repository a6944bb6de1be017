import { toMilli } from './milli';

/** How far the autoscaler may go within one period. */
export interface ScalingRate {
  type: 'Pods' | 'Percent';
  /** Replicas, or per cent of the replicas at the period's start. */
  value: number;
  periodSeconds: number;
}

/** One half of `spec.behavior`, with every default filled in. */
export interface ScalingRules {
  stabilizationWindowSeconds: number;
  /** Which of several policies counts: the one that allows most, least, or no change at all. */
  selectPolicy: 'Max' | 'Min' | 'Disabled';
  policies: ScalingRate[];
}

export interface AutoscalerBehavior {
  scaleUp: ScalingRules;
  scaleDown: ScalingRules;
}

/** Everything that a HorizontalPodAutoscaler with one external AverageValue metric decides by. */
export interface AutoscalerPolicy {
  /** The metric's target, requests per second and replica; at least 0.001. */
  requestsPerSecondPerReplica: number;
  minReplicas: number;
  maxReplicas: number;
  /** Fraction of the target by which the rate may exceed it without a change. */
  toleranceUp: number;
  /** Fraction of the target by which the rate may fall below it without a change. */
  toleranceDown: number;
  /**
   * Undefined where the autoscaler has no `spec.behavior`: then it at most
   * doubles (or goes to 4), and goes down after
   * {@link DEFAULT_SCALE_IN_WINDOW_SECONDS} without a rate limit.
   */
  behavior?: AutoscalerBehavior;
}

/** Default of kube-controller-manager's `--horizontal-pod-autoscaler-tolerance`. */
export const DEFAULT_TOLERANCE = 0.1;
/** Default of kube-controller-manager's `--horizontal-pod-autoscaler-downscale-stabilization`. */
export const DEFAULT_SCALE_IN_WINDOW_SECONDS = 300;
/** Default of kube-controller-manager's `--horizontal-pod-autoscaler-sync-period`. */
export const AUTOSCALER_SYNC_SECONDS = 15;

/** What the API server fills in where `behavior.scaleUp` is absent or partial. */
export const DEFAULT_SCALE_UP_RULES: ScalingRules = {
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max',
  policies: [
    { type: 'Pods', value: 4, periodSeconds: 15 },
    { type: 'Percent', value: 100, periodSeconds: 15 },
  ],
};

/** What the API server and the controller fill in where `behavior.scaleDown` is absent or partial. */
export const DEFAULT_SCALE_DOWN_RULES: ScalingRules = {
  stabilizationWindowSeconds: DEFAULT_SCALE_IN_WINDOW_SECONDS,
  selectPolicy: 'Max',
  policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
};

/** A behavior of which only what differs from the defaults need be said. */
export interface AutoscalerBehaviorInput {
  scaleUp?: Partial<ScalingRules>;
  scaleDown?: Partial<ScalingRules>;
}

/** An {@link AutoscalerPolicy} in which only what differs from the defaults need be said. */
export type AutoscalerPolicyInput = Pick<
  AutoscalerPolicy,
  'requestsPerSecondPerReplica' | 'minReplicas' | 'maxReplicas'
> &
  Partial<Pick<AutoscalerPolicy, 'toleranceUp' | 'toleranceDown'>> & {
    behavior?: AutoscalerBehaviorInput;
  };

/** Fills in the half of a behavior, or the part of a half, that is left out. */
export function autoscalerBehavior({
  scaleUp,
  scaleDown,
}: AutoscalerBehaviorInput): AutoscalerBehavior {
  return {
    scaleUp: { ...DEFAULT_SCALE_UP_RULES, ...scaleUp },
    scaleDown: { ...DEFAULT_SCALE_DOWN_RULES, ...scaleDown },
  };
}

/**
 * Fills in what API server and controller would.
 *
 * @throws RangeError for a target below 0.001, or a minimum above the maximum
 */
export function autoscalerPolicy(
  input: AutoscalerPolicyInput,
): AutoscalerPolicy {
  const { requestsPerSecondPerReplica, minReplicas, maxReplicas } = input;
  if (toMilli(requestsPerSecondPerReplica) === 0) {
    throw new RangeError(
      `requestsPerSecondPerReplica is ${requestsPerSecondPerReplica}; it must be at least 0.001`,
    );
  }
  if (minReplicas > maxReplicas) {
    throw new RangeError(
      `minReplicas is ${minReplicas}, above maxReplicas ${maxReplicas}`,
    );
  }
  return {
    requestsPerSecondPerReplica,
    minReplicas,
    maxReplicas,
    toleranceUp: input.toleranceUp ?? DEFAULT_TOLERANCE,
    toleranceDown: input.toleranceDown ?? DEFAULT_TOLERANCE,
    ...(input.behavior && { behavior: autoscalerBehavior(input.behavior) }),
  };
}
