import {
  computeStatus,
  formatObjectRef,
  KubernetesObject,
  ObjectRef,
  readScaledObject,
  ScaledObjectView,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { LinkOutcome } from '../../model/ScalingLink';
import { ChainProbe } from '../ChainProbe';
import { mendingStep } from '../mendingStep';
import { scalerFailure } from './scalerFailure';

/** KEDA has taken the ScaledObject up, and neither a pause nor the fallback replaces its metric. */
export async function scaledObjectLink(
  { client, signal }: ChainProbe,
  ref: ObjectRef,
): Promise<LinkOutcome<{ object: KubernetesObject; view: ScaledObjectView }>> {
  const object = await client.get(ref, { signal });
  if (object === undefined) {
    return {
      holds: false,
      reason: `there is no ${formatObjectRef(ref)} any more`,
      nextStep: 'apply it again',
      hopeless: true,
    };
  }
  const view = readScaledObject(object);
  if (view.paused !== undefined) {
    return {
      holds: false,
      reason: `${formatObjectRef(ref)} is paused by its annotation`,
      nextStep: 'remove the annotation autoscaling.keda.sh/paused*',
      hopeless: true,
    };
  }
  const { status, message } = computeStatus(object);
  if (status === 'current') {
    return { holds: true, detail: message, value: { object, view } };
  }
  const failure = await scalerFailure({ client, scaledObject: object, signal });
  return {
    holds: false,
    reason: `${formatObjectRef(ref)}: ${message}${
      failure === undefined ? '' : `; KEDA says: ${failure.message}`
    }`,
    nextStep:
      failure?.nextStep ??
      mendingStep(message) ??
      (view.conditions.length === 0
        ? 'check that KEDA runs and watches this namespace: kubectl -n keda get pods'
        : "look at the log of KEDA's operator: kubectl -n keda logs deploy/keda-operator"),
    hopeless: status === 'failed',
  };
}
