import { KEDA_ANNOTATIONS } from './names';

const FALSE = new Set(['0', 'f', 'F', 'false', 'FALSE', 'False']);

/** What is no boolean counts as true: somebody wrote it to switch something on. */
function isOn(
  annotations: Readonly<Record<string, string>>,
  name: string,
): boolean {
  return name in annotations && !FALSE.has(annotations[name]);
}

/** What a ScaledObject's annotations hold back or force. */
export interface Pausing {
  /** No autoscaler at all. */
  paused: boolean;
  /** Where paused: the replicas to hold, as the annotation's text. */
  pausedReplicas?: string;
  scaleIn: boolean;
  scaleOut: boolean;
  forceActivation: boolean;
}

export function pausingOf(
  annotations: Readonly<Record<string, string>> = {},
): Pausing {
  const pausedReplicas = annotations[KEDA_ANNOTATIONS.pausedReplicas];
  return {
    paused:
      pausedReplicas !== undefined ||
      isOn(annotations, KEDA_ANNOTATIONS.paused),
    ...(pausedReplicas === undefined ? {} : { pausedReplicas }),
    scaleIn: isOn(annotations, KEDA_ANNOTATIONS.pausedScaleIn),
    scaleOut: isOn(annotations, KEDA_ANNOTATIONS.pausedScaleOut),
    forceActivation: isOn(annotations, KEDA_ANNOTATIONS.forceActivation),
  };
}

/**
 * @throws Error for text that is no 32-bit number
 */
export function pausedReplicaCount({
  pausedReplicas,
}: Pausing): number | undefined {
  if (pausedReplicas === undefined) {
    return undefined;
  }
  const count = Number(pausedReplicas);
  if (!/^[+-]?\d+$/.test(pausedReplicas) || !Number.isSafeInteger(count)) {
    throw new Error(
      `failed to parse paused replica count: strconv.ParseInt: parsing "${pausedReplicas}": invalid syntax`,
    );
  }
  return count;
}
