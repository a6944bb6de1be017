import { ScalingEvent } from '../snapshot';
import { plainMessage } from '../status/conditions';
import { KubernetesEvent } from './readEvent';

/** `FailedComputeMetricsReplicas` is left out: it repeats the cause that the metric's own event names. */
const TROUBLES = new Set([
  'FailedGetExternalMetric',
  'FailedGetScale',
  'FailedRescale',
  'FailedUpdateStatus',
]);

/** What kept the autoscaler from deciding or acting. */
export function autoscalerTroubleEvents(
  hpaEvents: KubernetesEvent[],
): ScalingEvent[] {
  return hpaEvents
    .filter(({ reason }) => TROUBLES.has(reason))
    .map(({ lastAt, reason, message }) => ({
      at: lastAt,
      kind: 'trouble',
      message: `The autoscaler failed: ${plainMessage(message)}.`,
      reason,
    }));
}
