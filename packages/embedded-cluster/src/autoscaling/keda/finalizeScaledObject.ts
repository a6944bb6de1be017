import { readScale, writeReplicas } from '../scaleTarget';
import { KEDA_FINALIZER, KEDA_MANAGER } from './names';
import type { ScaledObjectReconciliation } from './ScaledObjectReconciliation';
import type { ScaledObject } from './ScaledObjects';
import { targetRefOf } from './scaledObjectSpec';

/**
 * Lets a deleted ScaledObject go: polls end, the target gets its original
 * replicas back where that is asked for, the finalizer is taken away. The
 * autoscaler goes with its owner.
 */
export function finalizeScaledObject(
  scaledObject: ScaledObject,
  { objects, scaledObjects, loops }: ScaledObjectReconciliation,
): void {
  const { key, object, spec, status, namespace } = scaledObject;
  const { finalizers = [] } = object.metadata;
  if (!finalizers.includes(KEDA_FINALIZER)) {
    return;
  }
  if (loops.end(key)) {
    scaledObjects.record(scaledObject, {
      type: 'Normal',
      reason: 'KEDAScalersStopped',
      message: 'Stopped scalers watch',
    });
  }
  if (
    spec.advanced?.restoreToOriginalReplicaCount &&
    status.originalReplicaCount !== undefined
  ) {
    try {
      writeReplicas(objects, readScale(objects, targetRefOf(spec), namespace), {
        replicas: status.originalReplicaCount,
        manager: KEDA_MANAGER,
      });
    } catch {
      // A target that is gone needs no replicas, and must not keep this object.
    }
  }
  scaledObjects.update({
    ...object,
    metadata: {
      ...object.metadata,
      finalizers: finalizers.filter(name => name !== KEDA_FINALIZER),
    },
  });
  scaledObjects.record(scaledObject, {
    type: 'Warning',
    reason: 'ScaledObjectDeleted',
    action: 'ScaledObject was deleted',
    message: 'ScaledObject was deleted',
  });
}
