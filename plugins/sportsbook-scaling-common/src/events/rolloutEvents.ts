import { ScalingEvent } from '../snapshot';
import { ReplicaSetChange } from './replicaSetChanges';

/**
 * A rollout begins where a replica set first appears, growing from 0. When one
 * that has appeared before grows from 0 again, the service woke up.
 */
export function rolloutEvents(changes: ReplicaSetChange[]): ScalingEvent[] {
  const seen = new Set<string>();
  return changes.flatMap(({ at, replicaSet, from }): ScalingEvent[] => {
    const isNew = !seen.has(replicaSet);
    seen.add(replicaSet);
    return isNew && from === 0
      ? [
          {
            at,
            kind: 'rollout',
            message: `Rollout of replica set ${replicaSet} began.`,
            reason: 'ScalingReplicaSet',
          },
        ]
      : [];
  });
}
