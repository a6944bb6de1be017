import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { unlessZero } from '../foundation/writeStatus';
import {
  deploymentView,
  type DeploymentCondition,
} from '../views/deploymentView';
import { replicaSetView } from '../views/replicaSetView';
import { conditionAt, withCondition } from './deploymentConditions';
import { fencepostsOf } from './fenceposts';

export interface DeploymentCounts {
  replicas: number;
  updatedReplicas: number;
  readyReplicas: number;
  availableReplicas: number;
  unavailableReplicas: number;
  /** Undefined until each ReplicaSet has counted its own. */
  terminatingReplicas: number | undefined;
}

/** What a Deployment's ReplicaSets say together. */
export function countReplicas(
  replicaSets: readonly KubernetesObject[],
  current: KubernetesObject | undefined,
): DeploymentCounts {
  const statuses = replicaSets.map(
    replicaSet => replicaSetView(replicaSet).status,
  );
  const sum = (of: (status: (typeof statuses)[number]) => number) =>
    statuses.reduce((total, status) => total + of(status), 0);
  const availableReplicas = sum(status => status.availableReplicas);
  return {
    replicas: sum(status => status.replicas),
    updatedReplicas:
      current === undefined ? 0 : replicaSetView(current).status.replicas,
    readyReplicas: sum(status => status.readyReplicas),
    availableReplicas,
    unavailableReplicas: Math.max(
      0,
      replicaSets.reduce(
        (total, replicaSet) => total + replicaSetView(replicaSet).spec.replicas,
        0,
      ) - availableReplicas,
    ),
    terminatingReplicas: statuses.every(
      ({ terminatingReplicas }) => typeof terminatingReplicas === 'number',
    )
      ? sum(({ terminatingReplicas }) => terminatingReplicas ?? 0)
      : undefined,
  };
}

/** Conditions with Available as the counts say. */
export function withAvailability(
  deployment: KubernetesObject,
  availableReplicas: number,
  nowMilliseconds: number,
): DeploymentCondition[] {
  const view = deploymentView(deployment);
  const enough =
    availableReplicas >= view.spec.replicas - fencepostsOf(view).maxUnavailable;
  return withCondition(
    view.status.conditions,
    conditionAt(
      enough
        ? {
            type: 'Available',
            status: 'True',
            reason: 'MinimumReplicasAvailable',
            message: 'Deployment has minimum availability.',
          }
        : {
            type: 'Available',
            status: 'False',
            reason: 'MinimumReplicasUnavailable',
            message: 'Deployment does not have minimum availability.',
          },
      nowMilliseconds,
    ),
  );
}

/** `status` as it is stored. */
export function statusOf(
  deployment: KubernetesObject,
  counts: DeploymentCounts,
  conditions: readonly DeploymentCondition[],
): object {
  const { collisionCount } = deploymentView(deployment).status;
  return {
    observedGeneration: deployment.metadata.generation,
    replicas: unlessZero(counts.replicas),
    updatedReplicas: unlessZero(counts.updatedReplicas),
    readyReplicas: unlessZero(counts.readyReplicas),
    availableReplicas: unlessZero(counts.availableReplicas),
    unavailableReplicas: unlessZero(counts.unavailableReplicas),
    terminatingReplicas: counts.terminatingReplicas,
    ...(typeof collisionCount === 'number' ? { collisionCount } : {}),
    ...(conditions.length === 0 ? {} : { conditions }),
  };
}
