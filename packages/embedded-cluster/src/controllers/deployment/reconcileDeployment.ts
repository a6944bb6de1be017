import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { ReconcileResult } from '../../runtime/Reconciler';
import { claim } from '../foundation/claim';
import { conditionOf } from '../foundation/conditions';
import type { ControllerContext } from '../foundation/ControllerContext';
import { fieldsOf } from '../foundation/fieldsOf';
import { requireType } from '../../runtime/requireType';
import { writeStatus } from '../foundation/writeStatus';
import { deploymentView } from '../views/deploymentView';
import { countIn, DESIRED_REPLICAS } from './annotations';
import { cleanUpHistory } from './cleanUpHistory';
import { createCurrent } from './createCurrent';
import {
  conditionAt,
  hasProgressDeadline,
  withCondition,
} from './deploymentConditions';
import { countReplicas, statusOf, withAvailability } from './deploymentStatus';
import { isRollingUpdate } from './fenceposts';
import { deadlineOf, isComplete, withProgress } from './progress';
import { recreateStep } from './recreate';
import { rollingUpdateStep } from './rollingUpdate';
import { activeOf, allOf, COMPONENT, type Rollout } from './Rollout';
import { scaleProportionally } from './scaleProportionally';
import { sortOut } from './sortOut';
import { updateCurrent } from './updateCurrent';

/** One round for one Deployment: at most one step of its rollout, then its status. */
export function reconcileDeployment(
  context: ControllerContext,
  stored: KubernetesObject,
): ReconcileResult {
  const { objects } = context;
  const { selector } = deploymentView(stored).spec;
  if (
    Object.keys(selector.matchLabels ?? {}).length === 0 &&
    (selector.matchExpressions ?? []).length === 0
  ) {
    context.events.record({
      object: stored,
      type: 'Warning',
      reason: 'SelectingAll',
      message:
        'This deployment is selecting all pods. A non-empty selector is required.',
      component: COMPONENT,
    });
    return undefined;
  }
  const replicaSets = claim({
    objects,
    owner: stored,
    selector,
    type: requireType(objects, 'apps/v1', 'ReplicaSet'),
  });
  if (stored.metadata.deletionTimestamp !== undefined) {
    writePlainStatus(sortOut(context, stored, replicaSets));
    return undefined;
  }
  const deployment = notePause(context, stored);
  const { spec } = deploymentView(deployment);
  const found = sortOut(context, deployment, replicaSets);
  if (spec.paused || isScalingEvent(found)) {
    const rollout = updateCurrent(found);
    scaleProportionally(rollout);
    if (spec.paused) {
      cleanUpHistory(rollout);
    }
    writePlainStatus(rollout);
    return undefined;
  }
  return writeRolloutStatus(step(found));
}

function step(found: Rollout): Rollout {
  const { spec } = deploymentView(found.deployment);
  const known = updateCurrent(found);
  if (!isRollingUpdate(spec.strategy.type)) {
    return recreateStep(known);
  }
  const rollout = known.current === undefined ? createCurrent(known) : known;
  rollingUpdateStep(rollout);
  return rollout;
}

/** Another number of replicas is wanted than the ReplicaSets were last told. */
function isScalingEvent(rollout: Rollout): boolean {
  const { replicas } = deploymentView(rollout.deployment).spec;
  return activeOf(allOf(rollout)).some(replicaSet => {
    const desired = countIn(replicaSet, DESIRED_REPLICAS);
    return desired !== undefined && desired !== replicas;
  });
}

/** A pause is told by a condition, so that no deadline runs on while nothing may move. */
function notePause(
  context: ControllerContext,
  deployment: KubernetesObject,
): KubernetesObject {
  const view = deploymentView(deployment);
  const present = conditionOf(view.status.conditions, 'Progressing');
  if (
    !hasProgressDeadline(view) ||
    present?.reason === 'ProgressDeadlineExceeded'
  ) {
    return deployment;
  }
  const saidPaused = present?.reason === 'DeploymentPaused';
  if (view.spec.paused === saidPaused) {
    return deployment;
  }
  const condition = conditionAt(
    {
      type: 'Progressing',
      status: 'Unknown',
      reason: view.spec.paused ? 'DeploymentPaused' : 'DeploymentResumed',
      message: `Deployment is ${view.spec.paused ? 'paused' : 'resumed'}`,
    },
    context.clock.now(),
  );
  return writeStatus(
    context.objects,
    requireType(context.objects, 'apps/v1', 'Deployment'),
    {
      object: deployment,
      status: {
        ...fieldsOf(deployment.status),
        conditions: withCondition(view.status.conditions, condition),
      },
    },
  );
}

/** Counts and availability, without a word on progress. */
function writePlainStatus(rollout: Rollout): void {
  const { context, deployment, current } = rollout;
  const counts = countReplicas(allOf(rollout), current);
  const conditions = withAvailability(
    deployment,
    counts.availableReplicas,
    context.clock.now(),
  );
  writeStatus(
    context.objects,
    requireType(context.objects, 'apps/v1', 'Deployment'),
    {
      object: deployment,
      status: statusOf(deployment, counts, conditions),
    },
  );
}

function writeRolloutStatus(rollout: Rollout): ReconcileResult {
  const { context, deployment, current } = rollout;
  const { objects, clock } = context;
  const counts = countReplicas(allOf(rollout), current);
  if (
    isComplete(deployment, counts) &&
    deploymentView(deployment).status.observedGeneration ===
      deployment.metadata.generation
  ) {
    cleanUpHistory(rollout);
  }
  const conditions = withProgress(
    rollout,
    counts,
    withAvailability(deployment, counts.availableReplicas, clock.now()),
  );
  const written = writeStatus(
    objects,
    requireType(objects, 'apps/v1', 'Deployment'),
    { object: deployment, status: statusOf(deployment, counts, conditions) },
  );
  const deadline = isComplete(written, counts)
    ? undefined
    : deadlineOf(written);
  return deadline === undefined
    ? undefined
    : { againAfterMilliseconds: Math.max(1000, deadline - clock.now() + 1000) };
}
