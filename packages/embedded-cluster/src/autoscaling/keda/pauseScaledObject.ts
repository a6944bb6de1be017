import { readScale, writeReplicas } from '../scaleTarget';
import { checkStep } from './CheckFailedError';
import { deleteAutoscaler } from './ensureAutoscaler';
import {
  PAUSED_MESSAGE,
  statusOfCondition,
  withCondition,
} from './kedaConditions';
import { KEDA_MANAGER } from './names';
import { pausedReplicaCount, pausingOf } from './pausing';
import type { ScaledObjectReconciliation } from './ScaledObjectReconciliation';
import type { ScaledObject } from './ScaledObjects';
import { targetRefOf } from './scaledObjectSpec';

/** No polls and no autoscaler; with a count, the target at that. @returns the message of the condition Ready */
export function pauseScaledObject(
  scaledObject: ScaledObject,
  { objects, scaledObjects, loops }: ScaledObjectReconciliation,
): string {
  const { key, spec, namespace, status, object } = scaledObject;
  const pausing = pausingOf(object.metadata.annotations);
  if (statusOfCondition(status.conditions, 'Paused') !== 'True') {
    scaledObjects.setStatus(key, ({ conditions }) => ({
      conditions: withCondition(conditions, 'Paused', {
        status: 'True',
        reason: 'ScaledObjectPaused',
        message: PAUSED_MESSAGE,
      }),
    }));
    scaledObjects.record(scaledObject, {
      type: 'Normal',
      reason: 'ScaledObjectPaused',
      action: PAUSED_MESSAGE,
      message: PAUSED_MESSAGE,
    });
  }
  if (loops.end(key)) {
    scaledObjects.record(scaledObject, {
      type: 'Normal',
      reason: 'KEDAScalersStopped',
      message: 'Stopped scalers watch',
    });
  }
  deleteAutoscaler(objects, scaledObject);
  checkStep('failed to scale target to paused replica count', () => {
    const replicas = pausedReplicaCount(pausing);
    if (replicas !== undefined) {
      const scale = readScale(objects, targetRefOf(spec), namespace);
      if (scale.specReplicas !== replicas) {
        writeReplicas(objects, scale, { replicas, manager: KEDA_MANAGER });
      }
    }
    scaledObjects.setStatus(key, () => ({ pausedReplicaCount: replicas }));
  });
  return PAUSED_MESSAGE;
}

/** The condition Paused of an object that keeps its autoscaler: true while one direction is paused. */
export function notePauses(
  scaledObject: ScaledObject,
  { scaledObjects }: ScaledObjectReconciliation,
): void {
  const { key, object, status } = scaledObject;
  const { scaleIn, scaleOut } = pausingOf(object.metadata.annotations);
  const wasPaused = statusOfCondition(status.conditions, 'Paused') === 'True';
  if (scaleIn || scaleOut) {
    scaledObjects.setStatus(key, ({ conditions }) => ({
      conditions: withCondition(conditions, 'Paused', {
        status: 'True',
        reason: 'ScaledObjectPaused',
        message: PAUSED_MESSAGE,
      }),
    }));
    if (!wasPaused) {
      scaledObjects.record(scaledObject, {
        type: 'Normal',
        reason: 'ScaledObjectPaused',
        action: PAUSED_MESSAGE,
        message: PAUSED_MESSAGE,
      });
    }
  } else if (wasPaused) {
    const message = 'pause annotation removed for ScaledObject';
    scaledObjects.setStatus(key, ({ conditions }) => ({
      conditions: withCondition(conditions, 'Paused', {
        status: 'False',
        reason: 'ScaledObjectUnpaused',
        message,
      }),
      pausedReplicaCount: undefined,
    }));
    scaledObjects.record(scaledObject, {
      type: 'Normal',
      reason: 'ScaledObjectUnpaused',
      action: message,
      message,
    });
  }
}
