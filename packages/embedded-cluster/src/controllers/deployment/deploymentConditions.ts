import { timestamp } from '../../model/Clock';
import { conditionOf, withoutCondition } from '../foundation/conditions';
import type {
  DeploymentCondition,
  DeploymentView,
} from '../views/deploymentView';

const NO_DEADLINE = 2 ** 31 - 1;

export function hasProgressDeadline({ spec }: DeploymentView): boolean {
  return (
    typeof spec.progressDeadlineSeconds === 'number' &&
    spec.progressDeadlineSeconds !== NO_DEADLINE
  );
}

export interface NewCondition {
  type: 'Available' | 'Progressing' | 'ReplicaFailure';
  status: 'True' | 'False' | 'Unknown';
  reason: string;
  message: string;
}

export function conditionAt(
  condition: NewCondition,
  nowMilliseconds: number,
): DeploymentCondition {
  const now = timestamp(nowMilliseconds);
  return { ...condition, lastUpdateTime: now, lastTransitionTime: now };
}

/**
 * Conditions with one of them new. One that says the same already stays as it
 * is, with its times; the time of the transition stays while the status does.
 */
export function withCondition(
  conditions: readonly DeploymentCondition[],
  condition: DeploymentCondition,
): DeploymentCondition[] {
  const present = conditionOf(conditions, condition.type);
  if (
    present?.status === condition.status &&
    present.reason === condition.reason
  ) {
    return [...conditions];
  }
  return [
    ...withoutCondition(conditions, condition.type),
    present?.status === condition.status
      ? { ...condition, lastTransitionTime: present.lastTransitionTime }
      : condition,
  ];
}
