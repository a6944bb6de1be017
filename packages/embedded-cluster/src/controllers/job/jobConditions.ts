import { timestamp } from '../../model/Clock';
import { conditionOf, withoutCondition } from '../foundation/conditions';
import type { JobView } from './jobView';

export type JobCondition = JobView['status']['conditions'][number];

export interface Outcome {
  /** What is stored first, while pods are still counted. */
  interim: 'SuccessCriteriaMet' | 'FailureTarget';
  /** What is stored when all are. */
  final: 'Complete' | 'Failed';
  reason: string;
  message: string;
}

export function succeeds(): Outcome {
  return {
    interim: 'SuccessCriteriaMet',
    final: 'Complete',
    reason: 'CompletionsReached',
    message: 'Reached expected number of succeeded pods',
  };
}

export function fails(reason: string, message: string): Outcome {
  return { interim: 'FailureTarget', final: 'Failed', reason, message };
}

/** An outcome that an earlier round has stored. */
export function storedOutcome(
  conditions: readonly JobCondition[],
): Outcome | undefined {
  const failing = conditionOf(conditions, 'FailureTarget');
  if (failing?.status === 'True') {
    return fails(failing.reason ?? '', failing.message ?? '');
  }
  return conditionOf(conditions, 'SuccessCriteriaMet')?.status === 'True'
    ? succeeds()
    : undefined;
}

/** When it completed or failed; undefined while it has not. */
export function finishedCondition(
  conditions: readonly JobCondition[],
): JobCondition | undefined {
  return conditions.find(
    ({ type, status }) =>
      (type === 'Complete' || type === 'Failed') && status === 'True',
  );
}

/** Conditions with one added or, where its status differs, replaced. */
export function withJobCondition(
  conditions: readonly JobCondition[],
  next: { type: string; status: string; reason: string; message: string },
  nowMilliseconds: number,
): JobCondition[] {
  const present = conditionOf(conditions, next.type);
  if (present?.status === next.status && present.reason === next.reason) {
    return [...conditions];
  }
  const now = timestamp(nowMilliseconds);
  return [
    ...withoutCondition(conditions, next.type),
    { ...next, lastProbeTime: now, lastTransitionTime: now },
  ];
}
