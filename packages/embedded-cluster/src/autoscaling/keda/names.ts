/** Of the KEDA that this behaves as; its operator puts it on the autoscalers it makes. */
export const KEDA_VERSION = '2.20.2';
/** Field manager of KEDA's operator. */
export const KEDA_MANAGER = 'keda';
export const KEDA_API_VERSION = 'keda.sh/v1alpha1';
export const KEDA_FINALIZER = 'finalizer.keda.sh';
/** Label of ScaledObjects and their autoscalers, and what external metrics are selected by. */
export const SCALED_OBJECT_LABEL = 'scaledobject.keda.sh/name';

export const KEDA_ANNOTATIONS = {
  paused: 'autoscaling.keda.sh/paused',
  pausedReplicas: 'autoscaling.keda.sh/paused-replicas',
  pausedScaleIn: 'autoscaling.keda.sh/paused-scale-in',
  pausedScaleOut: 'autoscaling.keda.sh/paused-scale-out',
  forceActivation: 'autoscaling.keda.sh/force-activation',
  excludedLabels: 'scaledobject.keda.sh/hpa-excluded-labels',
  transferOwnership: 'scaledobject.keda.sh/transfer-hpa-ownership',
  hpaOwnership: 'validations.keda.sh/hpa-ownership',
} as const;

/** External metric of the trigger at an index. */
export function metricNameOf(triggerIndex: number): string {
  return `s${triggerIndex}-prometheus`;
}
