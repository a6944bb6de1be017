import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { ControllerContext } from '../foundation/ControllerContext';
import { replicaSetView } from '../views/replicaSetView';
import { revisionOf } from './annotations';

/** `source.component` of a Deployment's events. */
export const COMPONENT = 'deployment-controller';

/** One reconciliation of one Deployment. */
export interface Rollout {
  context: ControllerContext;
  /** As it was when the round began. */
  deployment: KubernetesObject;
  /** The ReplicaSet with the present template; absent until it is made. */
  current?: KubernetesObject;
  old: readonly KubernetesObject[];
}

export function allOf({ current, old }: Rollout): KubernetesObject[] {
  return current === undefined ? [...old] : [...old, current];
}

/** Replicas that ReplicaSets are asked for. */
export function wantedBy(replicaSets: readonly KubernetesObject[]): number {
  return replicaSets.reduce(
    (sum, replicaSet) => sum + replicaSetView(replicaSet).spec.replicas,
    0,
  );
}

export function availableIn(replicaSets: readonly KubernetesObject[]): number {
  return replicaSets.reduce(
    (sum, replicaSet) =>
      sum + replicaSetView(replicaSet).status.availableReplicas,
    0,
  );
}

export function activeOf(
  replicaSets: readonly KubernetesObject[],
): KubernetesObject[] {
  return replicaSets.filter(
    replicaSet => replicaSetView(replicaSet).spec.replicas > 0,
  );
}

/** Oldest first; of the same second by name, so that the order is always the same. */
export function byAge(
  replicaSets: readonly KubernetesObject[],
): KubernetesObject[] {
  return [...replicaSets].sort((a, b) => {
    const difference =
      Date.parse(a.metadata.creationTimestamp ?? '') -
      Date.parse(b.metadata.creationTimestamp ?? '');
    return difference === 0
      ? a.metadata.name.localeCompare(b.metadata.name)
      : difference;
  });
}

/** Number of the rollout of the present template, were it new. */
export function nextRevision({ old }: Rollout): number {
  return Math.max(0, ...old.map(revisionOf)) + 1;
}
