import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { CONTROLLER_MANAGER } from '../foundation/ControllerContext';
import { fieldsOf } from '../foundation/fieldsOf';
import { requireType } from '../../runtime/requireType';
import { deploymentView } from '../views/deploymentView';
import { replicaSetView } from '../views/replicaSetView';
import { countIn, DESIRED_REPLICAS, MAX_REPLICAS } from './annotations';
import { fencepostsOf } from './fenceposts';
import { COMPONENT, type Rollout } from './Rollout';

/**
 * Asks a ReplicaSet for so many replicas, and writes into it what the
 * Deployment wants in all, by which a later change of that is noticed.
 *
 * @returns true when the number changed
 */
export function scaleReplicaSet(
  { context, deployment }: Rollout,
  replicaSet: KubernetesObject,
  replicas: number,
): boolean {
  const before = replicaSetView(replicaSet).spec.replicas;
  const wanted = sizeAnnotations(deployment);
  const annotated =
    countIn(replicaSet, DESIRED_REPLICAS) ===
      Number(wanted[DESIRED_REPLICAS]) &&
    countIn(replicaSet, MAX_REPLICAS) === Number(wanted[MAX_REPLICAS]);
  if (before === replicas && annotated) {
    return false;
  }
  const spec = fieldsOf(replicaSet.spec);
  context.objects.update(
    requireType(context.objects, 'apps/v1', 'ReplicaSet'),
    replicaSet.metadata,
    {
      ...replicaSet,
      metadata: {
        ...replicaSet.metadata,
        annotations: { ...replicaSet.metadata.annotations, ...wanted },
      },
      spec: { ...spec, replicas },
    },
    { manager: CONTROLLER_MANAGER },
  );
  if (before === replicas) {
    return false;
  }
  context.events.record({
    object: deployment,
    type: 'Normal',
    reason: 'ScalingReplicaSet',
    message: `Scaled ${replicas > before ? 'up' : 'down'} replica set ${
      replicaSet.metadata.name
    } from ${before} to ${replicas}`,
    component: COMPONENT,
  });
  return true;
}

/** What a Deployment wants in all, as its ReplicaSets carry it. */
export function sizeAnnotations(
  deployment: KubernetesObject,
): Record<string, string> {
  const view = deploymentView(deployment);
  const { replicas } = view.spec;
  return {
    [DESIRED_REPLICAS]: String(replicas),
    [MAX_REPLICAS]: String(replicas + fencepostsOf(view).maxSurge),
  };
}
