import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { timestamp } from '../../model/Clock';
import type { ClusterObjects } from '../../ports/ClusterObjects';
import { conditionOf, withoutCondition } from '../foundation/conditions';
import { fieldsOf } from '../foundation/fieldsOf';
import { resolveIntOrPercent } from '../foundation/intOrPercent';
import { isPodFinished, isPodReady } from '../views/podView';
import { budgetView } from './budgetView';
import { expectedPods } from './expectedPods';
import { messageOf } from '../../runtime/messageOf';

const CONDITION = 'DisruptionAllowed';

export interface BudgetedPods {
  objects: ClusterObjects;
  budget: KubernetesObject;
  /** That the budget selects. */
  pods: readonly KubernetesObject[];
  nowMilliseconds: number;
}

/** @returns the status, and why the pods cannot be counted where they cannot */
export function budgetStatus(counted: BudgetedPods): {
  status: object;
  failure?: string;
} {
  const { budget, pods, nowMilliseconds } = counted;
  const currentHealthy = pods.filter(
    pod =>
      isPodReady(pod) &&
      !isPodFinished(pod) &&
      pod.metadata.deletionTimestamp === undefined,
  ).length;
  const conditionsWith = (
    status: 'True' | 'False',
    reason: string,
    message: string,
  ) => withDisruption(budget, { status, reason, message }, nowMilliseconds);
  let expected: { expectedPods: number; desiredHealthy: number };
  try {
    expected = expectationsOf(counted);
  } catch (error) {
    const failure = messageOf(error);
    return {
      failure,
      status: {
        currentHealthy: 0,
        desiredHealthy: 0,
        expectedPods: 0,
        ...fieldsOf(budget.status),
        disruptionsAllowed: 0,
        observedGeneration: budget.metadata.generation,
        conditions: conditionsWith('False', 'SyncFailed', failure),
      },
    };
  }
  const spare = currentHealthy - expected.desiredHealthy;
  const disruptionsAllowed =
    expected.expectedPods <= 0 ? 0 : Math.max(0, spare);
  return {
    status: {
      currentHealthy,
      ...expected,
      disruptionsAllowed,
      observedGeneration: budget.metadata.generation,
      conditions:
        disruptionsAllowed > 0
          ? conditionsWith('True', 'SufficientPods', '')
          : conditionsWith('False', 'InsufficientPods', ''),
    },
  };
}

function expectationsOf({ objects, budget, pods }: BudgetedPods): {
  expectedPods: number;
  desiredHealthy: number;
} {
  const { minAvailable, maxUnavailable } = budgetView(budget).spec;
  if (maxUnavailable !== undefined && maxUnavailable !== null) {
    const expected = expectedPods(objects, pods);
    return {
      expectedPods: expected,
      desiredHealthy: Math.max(
        0,
        expected - resolveIntOrPercent(maxUnavailable, expected, 'up'),
      ),
    };
  }
  if (typeof minAvailable === 'string') {
    const expected = expectedPods(objects, pods);
    return {
      expectedPods: expected,
      desiredHealthy: resolveIntOrPercent(minAvailable, expected, 'up'),
    };
  }
  return { expectedPods: pods.length, desiredHealthy: minAvailable ?? 0 };
}

function withDisruption(
  budget: KubernetesObject,
  next: { status: string; reason: string; message: string },
  nowMilliseconds: number,
) {
  const conditions = budgetView(budget).status?.conditions ?? [];
  const present = conditionOf(conditions, CONDITION);
  const condition = {
    type: CONDITION,
    ...next,
    observedGeneration: budget.metadata.generation,
    lastTransitionTime:
      present?.status === next.status && present.lastTransitionTime
        ? present.lastTransitionTime
        : timestamp(nowMilliseconds),
  };
  return [...withoutCondition(conditions, CONDITION), condition];
}
