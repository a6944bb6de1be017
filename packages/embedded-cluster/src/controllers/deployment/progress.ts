import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { conditionOf, withoutCondition } from '../foundation/conditions';
import {
  deploymentView,
  type DeploymentCondition,
} from '../views/deploymentView';
import { replicaSetView } from '../views/replicaSetView';
import {
  conditionAt,
  hasProgressDeadline,
  withCondition,
} from './deploymentConditions';
import type { DeploymentCounts } from './deploymentStatus';
import { allOf, type Rollout } from './Rollout';

const AVAILABLE = 'NewReplicaSetAvailable';
const TIMED_OUT = 'ProgressDeadlineExceeded';

/** All replicas are of the present template, none is of another, and all are available. */
export function isComplete(
  deployment: KubernetesObject,
  counts: DeploymentCounts,
): boolean {
  const { replicas } = deploymentView(deployment).spec;
  return (
    counts.updatedReplicas === replicas &&
    counts.replicas === replicas &&
    counts.availableReplicas === replicas
  );
}

/** More of the new, fewer of the old, or more that work than was said last. */
function isProgressing(
  deployment: KubernetesObject,
  counts: DeploymentCounts,
): boolean {
  const { status } = deploymentView(deployment);
  return (
    counts.updatedReplicas > status.updatedReplicas ||
    counts.replicas - counts.updatedReplicas <
      status.replicas - status.updatedReplicas ||
    counts.readyReplicas > status.readyReplicas ||
    counts.availableReplicas > status.availableReplicas
  );
}

/** When patience ends, in milliseconds; undefined while nobody waits for progress. */
export function deadlineOf(deployment: KubernetesObject): number | undefined {
  const view = deploymentView(deployment);
  const present = conditionOf(view.status.conditions, 'Progressing');
  if (
    present === undefined ||
    !hasProgressDeadline(view) ||
    present.reason === AVAILABLE ||
    present.reason === TIMED_OUT
  ) {
    return undefined;
  }
  return (
    Date.parse(present.lastUpdateTime ?? '') +
    (view.spec.progressDeadlineSeconds ?? 0) * 1000
  );
}

/**
 * Conditions with Progressing and ReplicaFailure as the counts say.
 *
 * @param conditions - with Available as it is now
 */
export function withProgress(
  rollout: Rollout,
  counts: DeploymentCounts,
  conditions: readonly DeploymentCondition[],
): DeploymentCondition[] {
  const { deployment, current, context } = rollout;
  const view = deploymentView(deployment);
  const present = conditionOf(view.status.conditions, 'Progressing');
  const settled =
    present?.reason === AVAILABLE && counts.replicas === counts.updatedReplicas;
  if (!hasProgressDeadline(view)) {
    return withReplicaFailure(
      rollout,
      withoutCondition(conditions, 'Progressing'),
    );
  }
  if (settled) {
    return withReplicaFailure(rollout, conditions);
  }
  const now = context.clock.now();
  const what =
    current === undefined
      ? `Deployment "${deployment.metadata.name}"`
      : `ReplicaSet "${current.metadata.name}"`;
  let next = [...conditions];
  if (isComplete(deployment, counts)) {
    next = withCondition(
      next,
      conditionAt(
        {
          type: 'Progressing',
          status: 'True',
          reason: AVAILABLE,
          message: `${what} has successfully progressed.`,
        },
        now,
      ),
    );
  } else if (isProgressing(deployment, counts)) {
    // Taken out first, so that its time is new even if its reason is not.
    const condition = conditionAt(
      {
        type: 'Progressing',
        status: 'True',
        reason: 'ReplicaSetUpdated',
        message: `${what} is progressing.`,
      },
      now,
    );
    next = [
      ...withoutCondition(next, 'Progressing'),
      present?.status === 'True'
        ? { ...condition, lastTransitionTime: present.lastTransitionTime }
        : condition,
    ];
  } else if (
    present?.reason === TIMED_OUT ||
    now > (deadlineOf(deployment) ?? Infinity)
  ) {
    next = withCondition(
      next,
      conditionAt(
        {
          type: 'Progressing',
          status: 'False',
          reason: TIMED_OUT,
          message: `${what} has timed out progressing.`,
        },
        now,
      ),
    );
  }
  return withReplicaFailure(rollout, next);
}

function withReplicaFailure(
  rollout: Rollout,
  conditions: readonly DeploymentCondition[],
): DeploymentCondition[] {
  const { current, context } = rollout;
  const failures = (current === undefined ? allOf(rollout) : [current])
    .map(replicaSet =>
      conditionOf(
        replicaSetView(replicaSet).status.conditions ?? [],
        'ReplicaFailure',
      ),
    )
    .filter(condition => condition !== undefined);
  const [failure] = failures;
  if (failure === undefined) {
    return withoutCondition(conditions, 'ReplicaFailure');
  }
  return withCondition(conditions, {
    type: 'ReplicaFailure',
    status: failure.status,
    reason: failure.reason,
    message: failure.message,
    lastTransitionTime: failure.lastTransitionTime,
    lastUpdateTime:
      failure.lastTransitionTime ??
      conditionAt(
        { type: 'ReplicaFailure', status: 'True', reason: '', message: '' },
        context.clock.now(),
      ).lastUpdateTime,
  });
}
