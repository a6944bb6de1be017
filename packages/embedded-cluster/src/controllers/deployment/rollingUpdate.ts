import { deploymentView } from '../views/deploymentView';
import { replicaSetView } from '../views/replicaSetView';
import { fencepostsOf } from './fenceposts';
import { allOf, availableIn, byAge, wantedBy, type Rollout } from './Rollout';
import { scaleReplicaSet } from './scaleReplicaSet';

/**
 * One step of a rolling update: first the new ReplicaSet grows as far as the
 * surge allows, else the old ones shrink as far as availability allows.
 */
export function rollingUpdateStep(rollout: Rollout): void {
  if (!growCurrent(rollout)) {
    shrinkOld(rollout);
  }
}

function growCurrent(rollout: Rollout): boolean {
  const { deployment, current } = rollout;
  if (current === undefined) {
    return false;
  }
  const view = deploymentView(deployment);
  const size = replicaSetView(current).spec.replicas;
  const { replicas } = view.spec;
  if (size === replicas) {
    return false;
  }
  if (size > replicas) {
    return scaleReplicaSet(rollout, current, replicas);
  }
  const room =
    replicas + fencepostsOf(view).maxSurge - wantedBy(allOf(rollout));
  const next = size + Math.max(0, Math.min(room, replicas - size));
  return scaleReplicaSet(rollout, current, next);
}

function shrinkOld(rollout: Rollout): void {
  const { deployment, current, old } = rollout;
  if (current === undefined || wantedBy(old) === 0) {
    return;
  }
  const view = deploymentView(deployment);
  const minAvailable = view.spec.replicas - fencepostsOf(view).maxUnavailable;
  const newUnavailable =
    replicaSetView(current).spec.replicas -
    replicaSetView(current).status.availableReplicas;
  const mayGo = wantedBy(allOf(rollout)) - minAvailable - newUnavailable;
  if (mayGo <= 0) {
    return;
  }
  // What is not available serves nobody, and goes first.
  const sizes = new Map(
    byAge(old).map(replicaSet => [
      replicaSet,
      replicaSetView(replicaSet).spec.replicas,
    ]),
  );
  let unhealthyLeft = mayGo;
  for (const [replicaSet, size] of sizes) {
    const unhealthy =
      size - replicaSetView(replicaSet).status.availableReplicas;
    const gone = Math.max(0, Math.min(unhealthyLeft, unhealthy));
    sizes.set(replicaSet, size - gone);
    unhealthyLeft -= gone;
  }
  let healthyLeft = availableIn(allOf(rollout)) - minAvailable;
  for (const [replicaSet, size] of sizes) {
    const gone = Math.max(0, Math.min(healthyLeft, size));
    sizes.set(replicaSet, size - gone);
    healthyLeft -= gone;
  }
  for (const [replicaSet, size] of sizes) {
    if (replicaSetView(replicaSet).spec.replicas !== size) {
      scaleReplicaSet(rollout, replicaSet, size);
    }
  }
}
