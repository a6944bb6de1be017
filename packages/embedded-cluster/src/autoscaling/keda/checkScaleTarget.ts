import { readScale, type TargetScale } from '../scaleTarget';
import { targetKindOf } from './admitScaledObject';
import type { ScaledObjectReconciliation } from './ScaledObjectReconciliation';
import type { ScaledObject } from './ScaledObjects';
import { targetRefOf } from './scaledObjectSpec';

/**
 * Looks for the target of a ScaledObject, and notes what it is and how many
 * replicas it had at first.
 *
 * @throws StatusError 404 where there is no such object, or it cannot be scaled
 */
export function checkScaleTarget(
  scaledObject: ScaledObject,
  { objects, scaledObjects }: ScaledObjectReconciliation,
): TargetScale {
  const { key, spec, namespace } = scaledObject;
  let scale: TargetScale;
  try {
    scale = readScale(objects, targetRefOf(spec), namespace);
  } catch (error) {
    const message =
      error instanceof Error && error.message.includes('"')
        ? "Target resource doesn't exist"
        : "Target resource doesn't expose /scale subresource";
    scaledObjects.record(scaledObject, {
      type: 'Warning',
      reason: 'ScaledObjectCheckFailed',
      action: message,
      message,
    });
    throw error;
  }
  const { type } = scale;
  scaledObjects.setStatus(key, ({ originalReplicaCount }) => ({
    scaleTargetKind: targetKindOf(type),
    scaleTargetGVKR: {
      group: type.group,
      kind: type.kind,
      resource: type.plural,
      version: type.version,
    },
    originalReplicaCount: originalReplicaCount ?? scale.specReplicas,
  }));
  return scale;
}
