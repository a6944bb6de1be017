import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import {
  isPodActive,
  isPodReady,
  isPodTerminating,
  podView,
} from '../views/podView';
import { TRACKING_FINALIZER, type JobView } from './jobView';

export interface PodCounts {
  active: KubernetesObject[];
  readyCount: number;
  terminatingCount: number;
  /** Ended, and not yet in the status. */
  newlySucceeded: KubernetesObject[];
  newlyFailed: KubernetesObject[];
  /** With those that the status counts, or is about to count. */
  succeededCount: number;
  failedCount: number;
}

/** Sorts a Job's pods. */
export function countPods(
  { spec, status }: JobView,
  pods: readonly KubernetesObject[],
): PodCounts {
  const uncounted = new Set([
    ...status.uncountedTerminatedPods.succeeded,
    ...status.uncountedTerminatedPods.failed,
  ]);
  const fresh = pods.filter(
    pod => isTracked(pod) && !uncounted.has(pod.metadata.uid ?? ''),
  );
  const newlySucceeded = fresh.filter(
    pod => podView(pod).status.phase === 'Succeeded',
  );
  const newlyFailed = fresh.filter(pod => {
    const { phase } = podView(pod).status;
    return (
      phase === 'Failed' ||
      // One that is deleted counts as failed at once, for it may never say so.
      (spec.podReplacementPolicy !== 'Failed' &&
        pod.metadata.deletionTimestamp !== undefined &&
        phase !== 'Succeeded')
    );
  });
  const active = pods.filter(isPodActive);
  return {
    active,
    readyCount: active.filter(isPodReady).length,
    terminatingCount: pods.filter(isPodTerminating).length,
    newlySucceeded,
    newlyFailed,
    succeededCount:
      status.succeeded +
      status.uncountedTerminatedPods.succeeded.length +
      newlySucceeded.length,
    failedCount:
      status.failed +
      status.uncountedTerminatedPods.failed.length +
      newlyFailed.length,
  };
}

export function isTracked({ metadata }: KubernetesObject): boolean {
  return (metadata.finalizers ?? []).includes(TRACKING_FINALIZER);
}
