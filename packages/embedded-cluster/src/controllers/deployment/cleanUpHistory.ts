import { isPassing } from '../foundation/isPassing';
import { requireType } from '../../runtime/requireType';
import { deploymentView } from '../views/deploymentView';
import { replicaSetView } from '../views/replicaSetView';
import { revisionOf } from './annotations';
import type { Rollout } from './Rollout';

/** Deletes the oldest ReplicaSets beyond those that a Deployment keeps for going back. */
export function cleanUpHistory({ context, deployment, old }: Rollout): void {
  const { revisionHistoryLimit } = deploymentView(deployment).spec;
  if (typeof revisionHistoryLimit !== 'number') {
    return;
  }
  const kept = old.filter(
    ({ metadata }) => metadata.deletionTimestamp === undefined,
  );
  const surplus = kept.length - revisionHistoryLimit;
  if (surplus <= 0) {
    return;
  }
  const oldestFirst = [...kept].sort((a, b) => revisionOf(a) - revisionOf(b));
  const type = requireType(context.objects, 'apps/v1', 'ReplicaSet');
  for (const replicaSet of oldestFirst.slice(0, surplus)) {
    const { spec, status } = replicaSetView(replicaSet);
    if (
      spec.replicas !== 0 ||
      status.replicas !== 0 ||
      (replicaSet.metadata.generation ?? 0) > status.observedGeneration
    ) {
      continue;
    }
    try {
      context.objects.delete(type, replicaSet.metadata, {});
    } catch (error) {
      if (!isPassing(error)) {
        throw error;
      }
    }
  }
}
