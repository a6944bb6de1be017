import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { timestamp } from '../../model/Clock';
import type { ControllerContext } from '../foundation/ControllerContext';
import { requireType } from '../../runtime/requireType';
import { unlessZero, writeStatus } from '../foundation/writeStatus';
import type { PodCounts } from './countPods';
import { conditionsWith, sayWhatChanged } from './conditionsWith';
import type { Outcome } from './jobConditions';
import { jobView } from './jobView';
import { untrackPod } from './trackPods';

/** What a round found and did. */
export interface Counted {
  job: KubernetesObject;
  counts: PodCounts;
  active: readonly KubernetesObject[];
  outcome: Outcome | undefined;
}

/**
 * Ends are counted in three steps, so that none is lost or counted twice
 * whenever the process dies: named in the status, let go, added to the sums.
 */
export function writeCounts(
  context: ControllerContext,
  counted: Counted,
): void {
  const { objects } = context;
  const { job, counts, outcome } = counted;
  const type = requireType(objects, 'batch/v1', 'Job');
  const before = jobView(job).status.uncountedTerminatedPods;
  const uncounted = {
    succeeded: [...before.succeeded, ...uidsOf(counts.newlySucceeded)],
    failed: [...before.failed, ...uidsOf(counts.newlyFailed)],
  };
  const named = writeJobStatus(context, counted, {
    stored: objects.get(type, job.metadata),
    uncounted,
    final: false,
  });
  const ended = [...uncounted.succeeded, ...uncounted.failed];
  for (const pod of objects.list(requireType(objects, 'v1', 'Pod'), {
    namespace: job.metadata.namespace,
  }).items) {
    if (ended.includes(pod.metadata.uid ?? '')) {
      untrackPod(context, pod);
    }
  }
  const final = outcome !== undefined && counts.terminatingCount === 0;
  if (ended.length === 0 && !final) {
    return;
  }
  writeJobStatus(
    context,
    { ...counted, job: named },
    { stored: named, uncounted: { succeeded: [], failed: [] }, final },
  );
}

function uidsOf(pods: readonly KubernetesObject[]): string[] {
  return pods.map(({ metadata }) => metadata.uid ?? '');
}

function writeJobStatus(
  context: ControllerContext,
  { job, counts, active, outcome }: Counted,
  {
    stored,
    uncounted,
    final,
  }: {
    stored: KubernetesObject;
    uncounted: { succeeded: string[]; failed: string[] };
    final: boolean;
  },
): KubernetesObject {
  const { objects, clock, events } = context;
  const { spec, status } = jobView(job);
  const past = jobView(stored).status;
  const counted = (kind: 'succeeded' | 'failed') =>
    past[kind] +
    past.uncountedTerminatedPods[kind].filter(
      uid => !uncounted[kind].includes(uid),
    ).length;
  const now = clock.now();
  const conditions = conditionsWith(job, outcome, { final, now });
  const complete = final && outcome?.final === 'Complete';
  const written = writeStatus(
    objects,
    requireType(objects, 'batch/v1', 'Job'),
    {
      object: stored,
      status: {
        active: unlessZero(active.length),
        ready: active.length === 0 ? 0 : counts.readyCount,
        terminating: counts.terminatingCount,
        succeeded: unlessZero(counted('succeeded')),
        failed: unlessZero(counted('failed')),
        startTime: spec.suspend ? undefined : status.startTime ?? undefined,
        completionTime: complete ? timestamp(now) : undefined,
        uncountedTerminatedPods: {
          ...(uncounted.succeeded.length === 0
            ? {}
            : { succeeded: uncounted.succeeded }),
          ...(uncounted.failed.length === 0
            ? {}
            : { failed: uncounted.failed }),
        },
        conditions: conditions.length === 0 ? undefined : conditions,
      },
    },
  );
  sayWhatChanged(events, job, past.conditions, conditions);
  return written;
}
