import { timestamp } from '../../model/Clock';
import { readScale, type TargetScale } from '../scaleTarget';
import { READY_MESSAGE } from './kedaConditions';
import { pausingOf } from './pausing';
import type { ScaleRequest, ScaleResult } from './ScaleRequest';
import { targetRefOf } from './scaledObjectSpec';
import { activate, deactivate, NOT_ACTIVE, scaleFromTo } from './wakeAndRest';
import { messageOf } from '../../runtime/messageOf';

const READY: ScaleResult['ready'] = {
  status: 'True',
  reason: 'ScaledObjectReady',
  message: READY_MESSAGE,
};

function whileActive(request: ScaleRequest, forced: boolean): ScaleResult {
  const { scaledObject, scale, state, nowMilliseconds } = request;
  const { idleReplicaCount, minReplicaCount = 0 } = scaledObject.spec;
  const active = {
    status: 'True',
    reason: 'ScalerActive',
    message: forced
      ? 'Scaling is performed because activation is being forced by annotation'
      : 'Scaling is performed because triggers are active',
  };
  const { specReplicas: replicas } = scale;
  if (
    replicas === 0 ||
    (idleReplicaCount !== undefined && replicas < minReplicaCount)
  ) {
    return { ready: READY, active, ...activate(request) };
  }
  if (state.isError) {
    return {
      ready: {
        status: 'Unknown',
        reason: 'PartialTriggerError',
        message:
          'Some triggers defined in ScaledObject are not working correctly',
      },
      active,
      events: [],
    };
  }
  return {
    ready: READY,
    active,
    lastActiveTime: timestamp(nowMilliseconds),
    events: [],
  };
}

function whileInactive(request: ScaleRequest): ScaleResult {
  const { scaledObject, scale, state } = request;
  const { fallback, idleReplicaCount, minReplicaCount = 0 } = scaledObject.spec;
  const { specReplicas: replicas } = scale;
  const nothing = { ready: READY, active: NOT_ACTIVE, events: [] };
  if (state.isError && fallback && fallback.replicas !== 0) {
    // Scaled to none, the autoscaler would rest, and the fallback never come.
    return nothing;
  }
  if (state.isError && !fallback) {
    return {
      ...nothing,
      ready: {
        status: 'False',
        reason: 'TriggerError',
        message: 'Triggers defined in ScaledObject are not working correctly',
      },
    };
  }
  if (
    (idleReplicaCount !== undefined && replicas > idleReplicaCount) ||
    (replicas > 0 && minReplicaCount === 0)
  ) {
    return { ready: READY, ...deactivate(request) };
  }
  if (idleReplicaCount === undefined && replicas < minReplicaCount) {
    scaleFromTo(request, minReplicaCount);
  }
  return nothing;
}

/**
 * What KEDA itself does with the target: it wakes it and puts it to rest; all
 * between belongs to the autoscaler.
 */
export function requestScale(
  request: Omit<ScaleRequest, 'scale'>,
): ScaleResult {
  const { objects, scaledObject, state } = request;
  let scale: TargetScale;
  try {
    scale = readScale(
      objects,
      targetRefOf(scaledObject.spec),
      scaledObject.namespace,
    );
  } catch (error) {
    return {
      ready: {
        status: 'False',
        reason: 'ErrorGettingCurrentReplicas',
        message: `Error getting current replicas count for ScaleTarget: ${messageOf(
          error,
        )}`,
      },
      events: [],
    };
  }
  const { forceActivation } = pausingOf(
    scaledObject.object.metadata.annotations,
  );
  return state.isActive || forceActivation
    ? whileActive({ ...request, scale }, forceActivation)
    : whileInactive({ ...request, scale });
}
