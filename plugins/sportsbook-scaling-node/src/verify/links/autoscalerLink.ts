import {
  AutoscalerView,
  computeStatus,
  readAutoscaler,
  ScaledObjectView,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { LinkOutcome } from '../../model/ScalingLink';
import { ChainProbe } from '../ChainProbe';
import { mendingStep } from '../mendingStep';

function differences(
  autoscaler: AutoscalerView,
  scaledObject: ScaledObjectView,
): string[] {
  const threshold = scaledObject.trigger?.requestsPerSecondPerReplica;
  // At a minimum of zero KEDA itself does the step between 0 and 1.
  const minimum = Math.max(scaledObject.minReplicas, 1);
  const target = autoscaler.targetRequestsPerSecondPerReplica;
  return [
    autoscaler.minReplicas === minimum
      ? undefined
      : `minimum ${autoscaler.minReplicas} instead of ${minimum}`,
    autoscaler.maxReplicas === scaledObject.maxReplicas
      ? undefined
      : `maximum ${autoscaler.maxReplicas} instead of ${scaledObject.maxReplicas}`,
    target === threshold
      ? undefined
      : `target ${target ?? 'none'} instead of ${threshold ?? 'none'}`,
  ].filter(difference => difference !== undefined);
}

/** An AverageValue is what the query gives by the replicas, which surprises many. */
function reading({
  averageRequestsPerSecond: average,
  currentReplicas,
}: AutoscalerView): string {
  return average === undefined
    ? ''
    : `, reads ${
        Math.round(average * 1000) / 1000
      } per replica at ${currentReplicas} replicas`;
}

/** KEDA's HorizontalPodAutoscaler is what the ScaledObject says, and reads its metric. */
export async function autoscalerLink(
  { client, namespace, signal }: ChainProbe,
  scaledObject: ScaledObjectView,
): Promise<LinkOutcome<AutoscalerView>> {
  const { hpaName } = scaledObject;
  const object =
    hpaName === undefined
      ? undefined
      : await client.get(
          {
            apiVersion: 'autoscaling/v2',
            kind: 'HorizontalPodAutoscaler',
            name: hpaName,
            namespace,
          },
          { signal },
        );
  if (object === undefined) {
    return {
      holds: false,
      reason: `KEDA has made no HorizontalPodAutoscaler${
        hpaName === undefined ? '' : ` ${hpaName}`
      } for ${scaledObject.name}`,
      nextStep:
        "look at the log of KEDA's operator: kubectl -n keda logs deploy/keda-operator",
    };
  }
  const view = readAutoscaler(object);
  const different = differences(view, scaledObject);
  if (different.length > 0) {
    return {
      holds: false,
      reason: `HorizontalPodAutoscaler ${view.name} has ${different.join(
        ', ',
      )}`,
      nextStep:
        'check whether somebody else writes the autoscaler, and that the ScaledObject has one trigger',
    };
  }
  const { status, message } = computeStatus(object);
  return status === 'current'
    ? {
        holds: true,
        detail: `${view.name}: ${view.minReplicas} to ${
          view.maxReplicas
        } replicas, target ${
          view.targetRequestsPerSecondPerReplica
        } per replica${reading(view)}`,
        value: view,
      }
    : {
        holds: false,
        reason: `HorizontalPodAutoscaler ${view.name}: ${message}`,
        nextStep:
          mendingStep(message) ??
          "check that the APIService v1beta1.external.metrics.k8s.io is available and KEDA's metrics server runs",
      };
}
