import { KEDA_FINALIZER, SCALED_OBJECT_LABEL } from './names';
import type { ScaledObject, ScaledObjects } from './ScaledObjects';

/** The finalizer, the label that metrics are selected by, and what Go writes of an empty struct. */
export function claimScaledObject(
  scaledObject: ScaledObject,
  scaledObjects: ScaledObjects,
): ScaledObject {
  const { object, name } = scaledObject;
  const { finalizers = [], labels = {} } = object.metadata;
  if (
    finalizers.includes(KEDA_FINALIZER) &&
    labels[SCALED_OBJECT_LABEL] === name
  ) {
    return scaledObject;
  }
  const given: { advanced?: object } =
    typeof object.spec === 'object' && object.spec !== null ? object.spec : {};
  return scaledObjects.update({
    ...object,
    metadata: {
      ...object.metadata,
      finalizers: finalizers.includes(KEDA_FINALIZER)
        ? finalizers
        : [...finalizers, KEDA_FINALIZER],
      labels: { ...labels, [SCALED_OBJECT_LABEL]: name },
    },
    spec: {
      ...given,
      ...(given.advanced && {
        advanced: { scalingModifiers: {}, ...given.advanced },
      }),
    },
  });
}
