import type { AutoscalerDecision } from '@sportsbook/plugin-sportsbook-scaling-common';

/** What the condition `AbleToScale` says beside its reason; a rescale names its own replicas. */
export const ABLE_TO_SCALE_MESSAGES: Record<
  Exclude<AutoscalerDecision['ableToScale'], 'SucceededRescale'>,
  string
> = {
  ReadyForNewScale: 'recommended size matches current size',
  ScaleUpStabilized:
    'recent recommendations were lower than current one, applying the lowest recent recommendation',
  ScaleDownStabilized:
    'recent recommendations were higher than current one, applying the highest recent recommendation',
};

/** What the condition `ScalingLimited` says beside its reason. */
export const SCALING_LIMITED_MESSAGES: Record<
  AutoscalerDecision['scalingLimited'],
  string
> = {
  DesiredWithinRange: 'the desired count is within the acceptable range',
  ScaleUpLimit:
    'the desired replica count is increasing faster than the maximum scale rate',
  ScaleDownLimit:
    'the desired replica count is decreasing faster than the maximum scale rate',
  TooManyReplicas:
    'the desired replica count is more than the maximum replica count',
  TooFewReplicas:
    'the desired replica count is less than the minimum replica count',
};
