import { resolveIntOrPercent } from '../foundation/intOrPercent';
import type { DeploymentView } from '../views/deploymentView';

/** How far a rollout may go beyond and below the replicas that are wanted. */
export interface Fenceposts {
  maxSurge: number;
  maxUnavailable: number;
}

/** Zero twice would never move: then one pod may be missing. */
export function fencepostsOf({ spec }: DeploymentView): Fenceposts {
  if (!isRollingUpdate(spec.strategy.type)) {
    return { maxSurge: 0, maxUnavailable: 0 };
  }
  const { maxSurge = '25%', maxUnavailable = '25%' } =
    spec.strategy.rollingUpdate ?? {};
  const surge = resolveIntOrPercent(maxSurge, spec.replicas, 'up');
  const unavailable = resolveIntOrPercent(
    maxUnavailable,
    spec.replicas,
    'down',
  );
  return {
    maxSurge: surge,
    maxUnavailable:
      spec.replicas === 0
        ? 0
        : Math.min(
            surge === 0 && unavailable === 0 ? 1 : unavailable,
            spec.replicas,
          ),
  };
}

export function isRollingUpdate(strategy: string | undefined): boolean {
  return strategy === undefined || strategy === 'RollingUpdate';
}
