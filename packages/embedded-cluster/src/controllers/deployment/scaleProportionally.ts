import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { deploymentView, type DeploymentView } from '../views/deploymentView';
import { replicaSetView } from '../views/replicaSetView';
import { countIn, DESIRED_REPLICAS, MAX_REPLICAS } from './annotations';
import { fencepostsOf, isRollingUpdate } from './fenceposts';
import { activeOf, allOf, byAge, wantedBy, type Rollout } from './Rollout';
import { scaleReplicaSet } from './scaleReplicaSet';

/**
 * Brings a Deployment's ReplicaSets to the number of replicas that it wants
 * now. In the middle of a rollout each one grows or shrinks by its share, so
 * that a change of the number does not decide the rollout.
 */
export function scaleProportionally(rollout: Rollout): void {
  const { deployment, current, old } = rollout;
  const view = deploymentView(deployment);
  const { replicas } = view.spec;
  const only = onlyActiveOrLatest(rollout);
  if (only !== undefined) {
    scaleReplicaSet(rollout, only, replicas);
    return;
  }
  if (current !== undefined && isSaturated(view, current)) {
    for (const replicaSet of activeOf(old)) {
      scaleReplicaSet(rollout, replicaSet, 0);
    }
    return;
  }
  if (isRollingUpdate(view.spec.strategy.type)) {
    shareOut(rollout, view);
  }
}

function onlyActiveOrLatest(rollout: Rollout): KubernetesObject | undefined {
  const { current, old } = rollout;
  const active = activeOf(allOf(rollout));
  if (active.length > 1) {
    return undefined;
  }
  return active[0] ?? current ?? byAge(old).at(-1);
}

function isSaturated(view: DeploymentView, current: KubernetesObject): boolean {
  const { spec, status } = replicaSetView(current);
  const { replicas } = view.spec;
  return (
    countIn(current, DESIRED_REPLICAS) === replicas &&
    spec.replicas === replicas &&
    status.availableReplicas === replicas
  );
}

function shareOut(rollout: Rollout, view: DeploymentView): void {
  const { replicas } = view.spec;
  const { maxSurge } = fencepostsOf(view);
  const active = activeOf(allOf(rollout));
  const difference =
    (replicas > 0 ? replicas + maxSurge : 0) - wantedBy(active);
  // The largest have the first share; of equal ones the newer grow and the older shrink.
  const ordered = byAge(active);
  if (difference > 0) {
    ordered.reverse();
  }
  ordered.sort(
    (a, b) => replicaSetView(b).spec.replicas - replicaSetView(a).spec.replicas,
  );
  let shared = 0;
  const sizes = ordered.map(replicaSet => {
    const size = replicaSetView(replicaSet).spec.replicas;
    const part = proportion(replicaSet, view, difference - shared);
    shared += part;
    return size + part;
  });
  ordered.forEach((replicaSet, index) => {
    const leftover = index === 0 ? difference - shared : 0;
    scaleReplicaSet(rollout, replicaSet, Math.max(0, sizes[index] + leftover));
  });
}

function proportion(
  replicaSet: KubernetesObject,
  view: DeploymentView,
  remaining: number,
): number {
  const size = replicaSetView(replicaSet).spec.replicas;
  if (size === 0 || remaining === 0) {
    return 0;
  }
  const part = fractionOf(replicaSet, view);
  return remaining > 0 ? Math.min(part, remaining) : Math.max(part, remaining);
}

function fractionOf(
  replicaSet: KubernetesObject,
  view: DeploymentView,
): number {
  const size = replicaSetView(replicaSet).spec.replicas;
  const { replicas } = view.spec;
  if (replicas === 0) {
    return -size;
  }
  const before = countIn(replicaSet, MAX_REPLICAS) ?? view.status.replicas;
  if (before === 0) {
    return 0;
  }
  const { maxSurge } = fencepostsOf(view);
  return Math.round((size * (replicas + maxSurge)) / before) - size;
}
