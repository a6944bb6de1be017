import { ReplicaLevels } from '../snapshot';
import { AutoscalerPolicy } from './autoscalerPolicy';
import { desiredReplicasOfMilli } from './desiredReplicas';
import { fromMilli, toMilli } from './milli';
import { nextReplicas } from './nextReplicas';

/** The lowest whole number above `low` for which `holds`, which must hold at `high` and from some point on. */
function lowestWhere(
  low: number,
  high: number,
  holds: (value: number) => boolean,
): number {
  let below = low;
  let at = high;
  while (at - below > 1) {
    const middle = Math.floor((below + at) / 2);
    if (holds(middle)) {
      at = middle;
    } else {
      below = middle;
    }
  }
  return at;
}

/**
 * The band of rates in which `replicas` stay as they are, to a thousandth of a
 * request per second, with how many come and go at its edges.
 *
 * @remarks
 * Searched with the autoscaler's own arithmetic instead of solved, so that
 * rounding and tolerance cannot disagree with what it decides.
 *
 * @returns no upper level at the maximum (or where scaling out is disabled), no lower one at the minimum
 */
export function replicaLevels(
  replicas: number,
  policy: AutoscalerPolicy,
): ReplicaLevels {
  const { minReplicas, maxReplicas } = policy;
  if (replicas <= 0 || replicas < minReplicas || replicas > maxReplicas) {
    return {};
  }
  const targetMilli = toMilli(policy.requestsPerSecondPerReplica);
  const levels: ReplicaLevels = {};

  const surelyOut = Math.ceil(
    targetMilli * replicas * (1 + policy.toleranceUp) + targetMilli + 1,
  );
  const firstOut = lowestWhere(
    0,
    surelyOut,
    milli => desiredReplicasOfMilli(milli, replicas, policy) > replicas,
  );
  const outTo = nextReplicas(fromMilli(firstOut), replicas, policy);
  if (outTo > replicas) {
    levels.scaleOutAboveRequestsPerSecond = fromMilli(firstOut - 1);
    levels.scaleOutTo = outTo;
  }

  const firstHeld = lowestWhere(
    -1,
    firstOut,
    milli => desiredReplicasOfMilli(milli, replicas, policy) >= replicas,
  );
  if (firstHeld > 0) {
    const inTo = nextReplicas(fromMilli(firstHeld - 1), replicas, policy);
    if (inTo < replicas) {
      levels.scaleInAtRequestsPerSecond = fromMilli(firstHeld - 1);
      levels.scaleInTo = inTo;
    }
  }
  return levels;
}
