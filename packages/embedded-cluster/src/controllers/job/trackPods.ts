import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { asJson } from '../foundation/asJson';
import {
  CONTROLLER_MANAGER,
  type ControllerContext,
} from '../foundation/ControllerContext';
import { isPassing } from '../foundation/isPassing';
import { requireType } from '../../runtime/requireType';
import { isTracked } from './countPods';
import { TRACKING_FINALIZER } from './jobView';

/** Lets a pod go whose end is counted, or does not count. */
export function untrackPod(
  { objects }: ControllerContext,
  pod: KubernetesObject,
): KubernetesObject {
  if (!isTracked(pod)) {
    return pod;
  }
  const finalizers = (pod.metadata.finalizers ?? []).filter(
    name => name !== TRACKING_FINALIZER,
  );
  try {
    return objects.update(
      requireType(objects, 'v1', 'Pod'),
      pod.metadata,
      asJson({
        ...pod,
        metadata: {
          ...pod.metadata,
          finalizers: finalizers.length === 0 ? undefined : finalizers,
        },
      }),
      { manager: CONTROLLER_MANAGER },
    ).object;
  } catch (error) {
    if (isPassing(error)) {
      return pod;
    }
    throw error;
  }
}
