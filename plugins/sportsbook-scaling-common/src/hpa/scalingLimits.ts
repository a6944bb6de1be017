import { UnixTimestampSeconds } from '../snapshot';
import {
  AutoscalerPolicy,
  ScalingRate,
  ScalingRules,
} from './autoscalerPolicy';

/** A change that the autoscaler made, positive where replicas were added. */
export interface Rescale {
  at: UnixTimestampSeconds;
  change: number;
}

/** What the limits look back on; nothing for the first step. */
export interface RescaleHistory {
  at: UnixTimestampSeconds;
  rescales: readonly Rescale[];
}

/** A rescale exactly one period ago no longer counts: Kubernetes compares with "after". */
function replicasAtPeriodStart(
  replicas: number,
  periodSeconds: number,
  history: RescaleHistory,
): number {
  return history.rescales
    .filter(({ at }) => at > history.at - periodSeconds)
    .reduce((start, { change }) => start - change, replicas);
}

function proposals(
  rules: ScalingRules,
  replicas: number,
  history: RescaleHistory,
  propose: (start: number, rate: ScalingRate) => number,
): number[] {
  return rules.policies.map(rate =>
    propose(replicasAtPeriodStart(replicas, rate.periodSeconds, history), rate),
  );
}

const NO_HISTORY: RescaleHistory = { at: 0, rescales: [] };

/** The most replicas that one step up may lead to; never below the present ones. */
export function scaleUpLimit(
  replicas: number,
  policy: Pick<AutoscalerPolicy, 'behavior'>,
  history: RescaleHistory = NO_HISTORY,
): number {
  const rules = policy.behavior?.scaleUp;
  if (!rules) {
    return Math.max(2 * replicas, 4);
  }
  if (rules.selectPolicy === 'Disabled') {
    return replicas;
  }
  const limits = proposals(rules, replicas, history, (start, rate) =>
    rate.type === 'Pods'
      ? start + rate.value
      : Math.ceil(start * (1 + rate.value / 100)),
  );
  const pick = rules.selectPolicy === 'Min' ? Math.min : Math.max;
  return Math.max(replicas, pick(...limits));
}

/** The fewest replicas that one step down may lead to; never above the present ones. */
export function scaleDownLimit(
  replicas: number,
  policy: Pick<AutoscalerPolicy, 'behavior'>,
  history: RescaleHistory = NO_HISTORY,
): number {
  const rules = policy.behavior?.scaleDown;
  if (!rules) {
    return 0;
  }
  if (rules.selectPolicy === 'Disabled') {
    return replicas;
  }
  const limits = proposals(rules, replicas, history, (start, rate) =>
    rate.type === 'Pods'
      ? start - rate.value
      : Math.trunc(start * (1 - rate.value / 100)),
  );
  const pick = rules.selectPolicy === 'Min' ? Math.max : Math.min;
  return Math.min(replicas, pick(...limits));
}
