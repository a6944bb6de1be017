import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { ReconcileResult } from '../../runtime/Reconciler';
import type { ControllerContext } from '../foundation/ControllerContext';
import { isNamespaceTerminating } from '../foundation/isNamespaceTerminating';
import { createPod, deletePod } from '../foundation/podControl';
import { inDeletionOrder } from '../replicaset/deletionOrder';
import type { PodCounts } from './countPods';
import { COMPONENT, jobView, TRACKING_FINALIZER } from './jobView';
import { podBackoffMilliseconds } from './podBackoff';
import { untrackPod } from './trackPods';

/** So many pods are made in one round. */
const BURST_PODS = 500;

export interface ManagedPods {
  active: KubernetesObject[];
  deletedCount: number;
  result: ReconcileResult;
}

/** Makes the pods that a Job lacks, and deletes those that it has too many. */
export function manageJobPods(
  context: ControllerContext,
  job: KubernetesObject,
  counts: PodCounts,
  pods: readonly KubernetesObject[],
): ManagedPods {
  const { active } = counts;
  const wanted = wantedPods(job, counts);
  if (active.length > wanted) {
    const surplus = inDeletionOrder(active, [], context.clock.now()).slice(
      0,
      active.length - wanted,
    );
    for (const pod of surplus) {
      // Given up, not failed: let go before it ends.
      deletePod(context, {
        owner: job,
        pod: untrackPod(context, pod),
        component: COMPONENT,
      });
    }
    return {
      active: active.filter(pod => !surplus.includes(pod)),
      deletedCount: surplus.length,
      result: undefined,
    };
  }
  const wait = podBackoffMilliseconds(pods, context.clock.now());
  if (active.length < wanted && wait > 0) {
    return {
      active,
      deletedCount: 0,
      result: { againAfterMilliseconds: wait },
    };
  }
  const made: KubernetesObject[] = [];
  try {
    const missing = Math.min(wanted - active.length, BURST_PODS);
    while (made.length < missing) {
      made.push(
        createPod(context, {
          owner: job,
          template: jobView(job).spec.template,
          component: COMPONENT,
          finalizers: [TRACKING_FINALIZER],
        }),
      );
    }
  } catch (error) {
    if (!isNamespaceTerminating(error)) {
      throw error;
    }
  }
  return { active: [...active, ...made], deletedCount: 0, result: undefined };
}

function wantedPods(
  job: KubernetesObject,
  { active, succeededCount, terminatingCount }: PodCounts,
): number {
  const { spec } = jobView(job);
  if (spec.suspend) {
    return 0;
  }
  const pending = spec.podReplacementPolicy === 'Failed' ? terminatingCount : 0;
  if (typeof spec.completions !== 'number') {
    // With a first success no more work is begun, and what runs may end.
    return succeededCount > 0
      ? active.length
      : Math.max(0, spec.parallelism - pending);
  }
  return Math.max(
    0,
    Math.min(spec.parallelism, spec.completions - succeededCount) - pending,
  );
}
