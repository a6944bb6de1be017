import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { timestamp } from '../../model/Clock';
import type { ReconcileResult } from '../../runtime/Reconciler';
import { claim } from '../foundation/claim';
import { conditionOf } from '../foundation/conditions';
import type { ControllerContext } from '../foundation/ControllerContext';
import { deletePod } from '../foundation/podControl';
import { fieldsOf } from '../foundation/fieldsOf';
import { requireType } from '../../runtime/requireType';
import { countPods, type PodCounts } from './countPods';
import { finishedCondition, succeeds } from './jobConditions';
import { COMPONENT, jobView } from './jobView';
import { manageJobPods } from './manageJobPods';
import { deadlineOf, failureOf } from './outcomeOf';
import { untrackPod } from './trackPods';
import { writeCounts } from './writeCounts';

/** One round for one Job: its pods, what they count for, its status. */
export function reconcileJob(
  context: ControllerContext,
  job: KubernetesObject,
): ReconcileResult {
  const { objects, clock } = context;
  const pods = claim({
    objects,
    owner: job,
    selector: jobView(job).spec.selector ?? undefined,
    type: requireType(objects, 'v1', 'Pod'),
  });
  if (finishedCondition(jobView(job).status.conditions) !== undefined) {
    pods.forEach(pod => untrackPod(context, pod));
    return undefined;
  }
  const started = start(context, job);
  const view = jobView(started);
  const counts = countPods(view, pods);
  let outcome = failureOf(view, counts, pods, clock.now());
  let result: ReconcileResult = undefined;
  let { active } = counts;
  let error: unknown;
  if (outcome !== undefined) {
    active.forEach(pod =>
      deletePod(context, { owner: started, pod, component: COMPONENT }),
    );
    counts.newlyFailed.push(...(outcome.final === 'Failed' ? active : []));
    counts.terminatingCount += active.length;
    active = [];
  } else if (started.metadata.deletionTimestamp === undefined) {
    try {
      const managed = manageJobPods(context, started, counts, pods);
      active = managed.active;
      counts.terminatingCount += managed.deletedCount;
      result = managed.result;
    } catch (caught) {
      // Counted and stored all the same; the round is repeated after that.
      error = caught;
    }
    if (isDone(started, counts, active)) {
      outcome = succeeds();
    }
  }
  writeCounts(context, { job: started, counts, active, outcome });
  if (error !== undefined) {
    throw error;
  }
  const deadline = deadlineOf(view);
  return result ?? againAt(deadline, clock.now());
}

function againAt(
  deadline: number | undefined,
  nowMilliseconds: number,
): ReconcileResult {
  return deadline === undefined || deadline <= nowMilliseconds
    ? undefined
    : { againAfterMilliseconds: deadline - nowMilliseconds };
}

/** The time from which a deadline is counted, and the condition of a pause. */
function start(
  context: ControllerContext,
  job: KubernetesObject,
): KubernetesObject {
  const { clock } = context;
  const { spec, status } = jobView(job);
  const suspended =
    conditionOf(status.conditions, 'Suspended')?.status === 'True';
  if (spec.suspend) {
    return job;
  }
  if (status.startTime && !suspended) {
    return job;
  }
  const now = clock.now();
  return {
    ...job,
    status: {
      ...fieldsOf(job.status),
      startTime: timestamp(now),
    },
  };
}

function isDone(
  job: KubernetesObject,
  { succeededCount, terminatingCount }: PodCounts,
  active: readonly KubernetesObject[],
): boolean {
  const { completions, suspend } = jobView(job).spec;
  if (typeof completions === 'number') {
    return succeededCount >= completions && (!suspend || completions === 0);
  }
  // A queue of work is empty when one has succeeded and the others have ended.
  return succeededCount > 0 && active.length === 0 && terminatingCount === 0;
}
