import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { podView } from '../views/podView';
import type { PodCounts } from './countPods';
import { fails, storedOutcome, type Outcome } from './jobConditions';
import type { JobView } from './jobView';

/** Why a Job ends without its completions, if it does. */
export function failureOf(
  view: JobView,
  counts: PodCounts,
  pods: readonly KubernetesObject[],
  nowMilliseconds: number,
): Outcome | undefined {
  const { spec, status } = view;
  const stored = storedOutcome(status.conditions);
  if (stored !== undefined) {
    return stored;
  }
  if (counts.failedCount > spec.backoffLimit || restartsExceed(view, pods)) {
    return fails(
      'BackoffLimitExceeded',
      'Job has reached the specified backoff limit',
    );
  }
  const deadline = deadlineOf(view);
  return deadline !== undefined && nowMilliseconds >= deadline
    ? fails('DeadlineExceeded', 'Job was active longer than specified deadline')
    : undefined;
}

/** When a Job that runs must have ended, in milliseconds. */
export function deadlineOf({ spec, status }: JobView): number | undefined {
  return typeof spec.activeDeadlineSeconds === 'number' &&
    status.startTime &&
    !spec.suspend
    ? Date.parse(status.startTime) + spec.activeDeadlineSeconds * 1000
    : undefined;
}

/** Containers that are started again in their pod count as failures too. */
function restartsExceed(
  { spec }: JobView,
  pods: readonly KubernetesObject[],
): boolean {
  if (spec.template.spec.restartPolicy !== 'OnFailure') {
    return false;
  }
  const restarts = pods
    .filter(pod => {
      const { phase } = podView(pod).status;
      return phase === 'Running' || phase === 'Pending';
    })
    .flatMap(pod => podView(pod).status.containerStatuses ?? [])
    .reduce((sum, { restartCount }) => sum + (restartCount ?? 0), 0);
  return spec.backoffLimit === 0 ? restarts > 0 : restarts >= spec.backoffLimit;
}
