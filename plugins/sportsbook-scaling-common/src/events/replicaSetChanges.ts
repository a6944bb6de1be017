import { UnixTimestampSeconds } from '../snapshot';
import { KubernetesEvent } from './readEvent';

/** One `ScalingReplicaSet` event of a Deployment. */
export interface ReplicaSetChange {
  at: UnixTimestampSeconds;
  replicaSet: string;
  from: number;
  to: number;
}

const CHANGE = /^Scaled (?:up|down) replica set (\S+) from (\d+) to (\d+)$/;

/** What a Deployment did to its replica sets, oldest first. */
export function replicaSetChanges(
  deploymentEvents: KubernetesEvent[],
): ReplicaSetChange[] {
  return deploymentEvents
    .filter(({ reason }) => reason === 'ScalingReplicaSet')
    .flatMap(({ message, firstAt, lastAt, count }) => {
      const match = CHANGE.exec(message);
      if (!match) {
        return [];
      }
      const [, replicaSet, from, to] = match;
      // A repeated event keeps its first and last time only.
      return (count > 1 ? [firstAt, lastAt] : [lastAt]).map(at => ({
        at,
        replicaSet,
        from: Number(from),
        to: Number(to),
      }));
    })
    .sort((a, b) => a.at - b.at);
}
