import {
  computeStatus,
  formatObjectRef,
  ObjectRef,
  readScaledObject,
  ScaledObjectView,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { LinkOutcome } from '../../model/ScalingLink';
import { ChainProbe } from '../ChainProbe';

/** KEDA has taken the ScaledObject up, and neither a pause nor the fallback replaces its metric. */
export async function scaledObjectLink(
  { client, signal }: ChainProbe,
  ref: ObjectRef,
): Promise<LinkOutcome<ScaledObjectView>> {
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
  return status === 'current'
    ? { holds: true, detail: message, value: view }
    : {
        holds: false,
        reason: `${formatObjectRef(ref)}: ${message}`,
        nextStep:
          "look at the log of KEDA's operator: kubectl -n keda logs deploy/keda-operator",
        hopeless: status === 'failed',
      };
}
