import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { conditionOf } from '../foundation/conditions';
import type { ControllerContext } from '../foundation/ControllerContext';
import {
  withJobCondition,
  type JobCondition,
  type Outcome,
} from './jobConditions';
import { COMPONENT, jobView } from './jobView';

/** Conditions of a Job with this outcome. */
export function conditionsWith(
  job: KubernetesObject,
  outcome: Outcome | undefined,
  { final, now }: { final: boolean; now: number },
): JobCondition[] {
  const { spec, status } = jobView(job);
  let { conditions } = status;
  if (outcome !== undefined) {
    const { reason, message } = outcome;
    const said = { status: 'True', reason, message };
    conditions = withJobCondition(
      conditions,
      { type: outcome.interim, ...said },
      now,
    );
    if (final) {
      conditions = withJobCondition(
        conditions,
        { type: outcome.final, ...said },
        now,
      );
    }
    return conditions;
  }
  const suspended = conditionOf(conditions, 'Suspended');
  if (spec.suspend) {
    return withJobCondition(
      conditions,
      {
        type: 'Suspended',
        status: 'True',
        reason: 'JobSuspended',
        message: 'Job suspended',
      },
      now,
    );
  }
  return suspended?.status === 'True'
    ? withJobCondition(
        conditions,
        {
          type: 'Suspended',
          status: 'False',
          reason: 'JobResumed',
          message: 'Job resumed',
        },
        now,
      )
    : conditions;
}

/** Events for conditions that are new. */
export function sayWhatChanged(
  events: ControllerContext['events'],
  job: KubernetesObject,
  before: readonly JobCondition[],
  after: readonly JobCondition[],
): void {
  for (const condition of after) {
    const present = conditionOf(before, condition.type);
    if (present?.status === condition.status) {
      continue;
    }
    const said = eventOf(condition);
    if (said !== undefined) {
      events.record({ object: job, component: COMPONENT, ...said });
    }
  }
}

function eventOf({ type, status, reason, message }: JobCondition) {
  switch (type) {
    case 'Complete':
      return {
        type: 'Normal' as const,
        reason: 'Completed',
        message: 'Job completed',
      };
    case 'Failed':
      return {
        type: 'Warning' as const,
        reason: reason ?? '',
        message: message ?? '',
      };
    case 'Suspended':
      return {
        type: 'Normal' as const,
        reason: status === 'True' ? 'Suspended' : 'Resumed',
        message: message ?? '',
      };
    default:
      return undefined;
  }
}
