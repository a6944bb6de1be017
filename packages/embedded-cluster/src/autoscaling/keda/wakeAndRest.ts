import { timestamp } from '../../model/Clock';
import { writeReplicas } from '../scaleTarget';
import { KEDA_MANAGER } from './names';
import { pausingOf } from './pausing';
import type { ScaleRequest, ScaleResult } from './ScaleRequest';

export const NOT_ACTIVE = {
  status: 'False',
  reason: 'ScalerNotActive',
  message: 'Scaling is not performed because triggers are not active',
};

/** KEDA's default `cooldownPeriod`, seconds. */
const DEFAULT_COOLDOWN_SECONDS = 300;

/** @returns `from 1 to 2` with the target before it, and what went wrong */
export function scaleFromTo(
  { objects, scaledObject, scale }: ScaleRequest,
  replicas: number,
): { text: string; error?: unknown } {
  const { namespace, spec, status } = scaledObject;
  const text = `${status.scaleTargetKind} ${namespace}/${spec.scaleTargetRef.name} from ${scale.specReplicas} to ${replicas}`;
  try {
    writeReplicas(objects, scale, { replicas, manager: KEDA_MANAGER });
    return { text };
  } catch (error) {
    return { text, error };
  }
}

/** From none, or from the idle count, to the minimum. */
export function activate(
  request: ScaleRequest,
): Pick<ScaleResult, 'lastActiveTime' | 'events'> {
  const { scaledObject, state, nowMilliseconds } = request;
  const pausing = pausingOf(scaledObject.object.metadata.annotations);
  if (pausing.scaleOut) {
    return { events: [] };
  }
  const { minReplicaCount = 0 } = scaledObject.spec;
  const { text, error } = scaleFromTo(
    request,
    minReplicaCount > 0 ? minReplicaCount : 1,
  );
  if (error !== undefined) {
    return {
      events: [
        {
          type: 'Warning',
          reason: 'KEDAScaleTargetActivationFailed',
          message: `Failed to scale ${text}`,
        },
      ],
    };
  }
  return {
    lastActiveTime: timestamp(nowMilliseconds),
    events: [
      {
        type: 'Normal',
        reason: 'KEDAScaleTargetActivated',
        message: `Scaled ${text}, ${
          pausing.forceActivation
            ? 'caused by forced activation annotation'
            : `triggered by ${state.activeTriggers.join(';')}`
        }`,
      },
    ],
  };
}

function cooledDown({ scaledObject, nowMilliseconds }: ScaleRequest): boolean {
  const { object, spec, status } = scaledObject;
  // Scaled by somebody else: only the initial period counts.
  const [since, seconds] =
    status.lastActiveTime === undefined
      ? [object.metadata.creationTimestamp, spec.initialCooldownPeriod ?? 0]
      : [
          status.lastActiveTime,
          spec.cooldownPeriod ?? DEFAULT_COOLDOWN_SECONDS,
        ];
  return Date.parse(since ?? '') + seconds * 1000 < nowMilliseconds;
}

/** To the idle count, or to none, once the cooldown is over. */
export function deactivate(
  request: ScaleRequest,
): Pick<ScaleResult, 'active' | 'events'> {
  const { scaledObject } = request;
  if (pausingOf(scaledObject.object.metadata.annotations).scaleIn) {
    return { active: NOT_ACTIVE, events: [] };
  }
  if (!cooledDown(request)) {
    return {
      active: {
        status: 'False',
        reason: 'ScalerCooldown',
        message: 'Scaler cooling down because triggers are not active',
      },
      events: [],
    };
  }
  const { idleReplicaCount, minReplicaCount = 0 } = scaledObject.spec;
  const { text, error } = scaleFromTo(
    request,
    idleReplicaCount ?? minReplicaCount,
  );
  return {
    active: NOT_ACTIVE,
    events: [
      error === undefined
        ? {
            type: 'Normal',
            reason: 'KEDAScaleTargetDeactivated',
            message: `Deactivated ${text}`,
          }
        : {
            type: 'Warning',
            reason: 'KEDAScaleTargetDeactivationFailed',
            message: `Failed to deactivate ${text}`,
          },
    ],
  };
}
