import { KEDA_ANNOTATIONS } from '../contract';
import { ScaledObjectView } from '../snapshot';

/** What Go's `strconv.ParseBool` takes for false, with which KEDA reads these annotations. */
const FALSE = new Set(['0', 'f', 'F', 'false', 'FALSE', 'False']);

/** As KEDA reads a boolean annotation: present counts, unless it says false. */
function isSet(annotations: Record<string, string>, name: string): boolean {
  return name in annotations && !FALSE.has(annotations[name]);
}

/**
 * What the annotations of a ScaledObject pause. `paused` and `paused-replicas`
 * stop all scaling and go before the two that stop one direction.
 *
 * @returns undefined where nothing is paused
 */
export function pausedBy(
  annotations: Record<string, string> = {},
): ScaledObjectView['paused'] {
  const { paused, pausedReplicas, pausedScaleIn, pausedScaleOut } =
    KEDA_ANNOTATIONS;
  const replicas: string | undefined = annotations[pausedReplicas];
  const stopping = [
    ...(replicas === undefined ? [] : [pausedReplicas]),
    ...(isSet(annotations, paused) ? [paused] : []),
  ];
  if (stopping.length > 0) {
    return {
      how: 'all',
      ...(/^\d+$/.test(replicas ?? '') && { replicas: Number(replicas) }),
      annotations: stopping,
    };
  }
  const scaleIn = isSet(annotations, pausedScaleIn);
  const scaleOut = isSet(annotations, pausedScaleOut);
  if (scaleIn && scaleOut) {
    return { how: 'all', annotations: [pausedScaleIn, pausedScaleOut] };
  }
  if (scaleIn) {
    return { how: 'scaleIn', annotations: [pausedScaleIn] };
  }
  return scaleOut
    ? { how: 'scaleOut', annotations: [pausedScaleOut] }
    : undefined;
}
