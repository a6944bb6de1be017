import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { isControlledBy } from '../foundation/ownership';
import { requireType } from '../../runtime/requireType';
import { deploymentView } from '../views/deploymentView';
import { isPodFinished } from '../views/podView';
import { createCurrent } from './createCurrent';
import { activeOf, type Rollout } from './Rollout';
import { scaleReplicaSet } from './scaleReplicaSet';

/** One step of a rollout that ends all old pods before it makes the first new one. */
export function recreateStep(rollout: Rollout): Rollout {
  let scaledDown = false;
  for (const replicaSet of activeOf(rollout.old)) {
    scaledDown = scaleReplicaSet(rollout, replicaSet, 0) || scaledDown;
  }
  if (scaledDown || oldPodsRun(rollout)) {
    return rollout;
  }
  const next = rollout.current === undefined ? createCurrent(rollout) : rollout;
  if (next.current !== undefined) {
    scaleReplicaSet(
      next,
      next.current,
      deploymentView(next.deployment).spec.replicas,
    );
  }
  return next;
}

function oldPodsRun({ context, deployment, old }: Rollout): boolean {
  const { objects } = context;
  const { namespace } = deployment.metadata;
  return objects
    .list(requireType(objects, 'v1', 'Pod'), { namespace })
    .items.some(
      (pod: KubernetesObject) =>
        !isPodFinished(pod) &&
        old.some(replicaSet => isControlledBy(pod, replicaSet)),
    );
}
