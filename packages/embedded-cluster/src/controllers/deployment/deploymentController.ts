import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { matchesSelector } from '../../model/labels';
import type { Controller } from '../../ports/Controller';
import type { ObjectKey } from '../../ports/ClusterObjects';
import type { ControllerContext } from '../foundation/ControllerContext';
import { createReconcilingController } from '../foundation/createReconcilingController';
import type { Informers, ObjectChange } from '../foundation/Informer';
import { queueKeyOf } from '../foundation/objectKey';
import { controllerOf } from '../foundation/ownership';
import { requireType } from '../../runtime/requireType';
import { deploymentView } from '../views/deploymentView';
import { isRollingUpdate } from './fenceposts';
import { reconcileDeployment } from './reconcileDeployment';
import { COMPONENT } from './Rollout';

/** Rolls out Deployments by means of ReplicaSets. */
export function createDeploymentController(
  context: ControllerContext,
  informers: Informers,
): Controller {
  const { objects } = context;
  return createReconcilingController({
    name: COMPONENT,
    context,
    informers,
    watches: [
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        concerns: ({ object }) => [queueKeyOf(object)],
      },
      {
        apiVersion: 'apps/v1',
        kind: 'ReplicaSet',
        concerns: change => deploymentsOfReplicaSet(objects, change),
      },
      {
        apiVersion: 'v1',
        kind: 'Pod',
        concerns: change => waitingForPod(objects, change),
      },
    ],
    reconcile: key => reconcile(context, key),
  });
}

function reconcile(context: ControllerContext, key: ObjectKey) {
  const type = requireType(context.objects, 'apps/v1', 'Deployment');
  const deployment = context.objects.find(type, key);
  return deployment === undefined
    ? undefined
    : reconcileDeployment(context, deployment);
}

function* deploymentsOfReplicaSet(
  objects: ControllerContext['objects'],
  { object, previous }: ObjectChange,
): Iterable<string> {
  for (const replicaSet of previous === undefined
    ? [object]
    : [object, previous]) {
    const controller = controllerOf(replicaSet);
    if (controller?.kind === 'Deployment') {
      yield `${replicaSet.metadata.namespace}/${controller.name}`;
    }
  }
  if (controllerOf(object) === undefined) {
    const { namespace, labels } = object.metadata;
    const type = requireType(objects, 'apps/v1', 'Deployment');
    for (const deployment of objects.list(type, { namespace }).items) {
      if (matchesSelector(labels, deploymentView(deployment).spec.selector)) {
        yield queueKeyOf(deployment);
      }
    }
  }
}

/** A Recreate rollout goes on when the last old pod is gone. */
function* waitingForPod(
  objects: ControllerContext['objects'],
  { type: change, object }: ObjectChange,
): Iterable<string> {
  const owner = controllerOf(object);
  if (change !== 'DELETED' || owner?.kind !== 'ReplicaSet') {
    return;
  }
  const { namespace } = object.metadata;
  const replicaSet = objects.find(
    requireType(objects, 'apps/v1', 'ReplicaSet'),
    { namespace, name: owner.name },
  );
  const deploymentName =
    replicaSet === undefined ? undefined : controllerOf(replicaSet)?.name;
  if (deploymentName === undefined) {
    return;
  }
  const deployment: KubernetesObject | undefined = objects.find(
    requireType(objects, 'apps/v1', 'Deployment'),
    { namespace, name: deploymentName },
  );
  if (
    deployment !== undefined &&
    !isRollingUpdate(deploymentView(deployment).spec.strategy.type)
  ) {
    yield queueKeyOf(deployment);
  }
}
