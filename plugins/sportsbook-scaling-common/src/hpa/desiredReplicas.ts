import { AutoscalerPolicy } from './autoscalerPolicy';
import { toMilli } from './milli';

type Tolerance = Pick<AutoscalerPolicy, 'toleranceUp' | 'toleranceDown'>;
type Target = Tolerance & Pick<AutoscalerPolicy, 'requestsPerSecondPerReplica'>;

function isWithinTolerance(
  ratio: number,
  { toleranceUp, toleranceDown }: Tolerance,
): boolean {
  return ratio >= 1 - toleranceDown && ratio <= 1 + toleranceUp;
}

/** {@link desiredReplicas} for a rate that is in thousandths already. */
export function desiredReplicasOfMilli(
  rateMilli: number,
  replicas: number,
  target: Target,
): number {
  const targetMilli = toMilli(target.requestsPerSecondPerReplica);
  // Divided and compared as Kubernetes does, in double precision, so that a
  // rate exactly on the edge falls on the same side.
  const ratio = rateMilli / (targetMilli * replicas);
  return isWithinTolerance(ratio, target)
    ? replicas
    : Math.ceil(rateMilli / targetMilli);
}

/**
 * The replicas that the rate asks for, before any limit: the present ones while
 * the average per replica is within the tolerance, else as many as bring it to
 * the target. May be 0, and may exceed the maximum.
 *
 * @param requestsPerSecond - total rate over all replicas
 * @param replicas - present replicas, above 0
 */
export function desiredReplicas(
  requestsPerSecond: number,
  replicas: number,
  target: Target,
): number {
  return desiredReplicasOfMilli(toMilli(requestsPerSecond), replicas, target);
}

/**
 * The replicas that a metric with a `Value` target asks for, before any limit.
 * The target is one for all replicas together, so that only the ratio counts.
 * May be 0, and may exceed the maximum.
 *
 * @param ratio - present value divided by its target
 * @param present - `replicas` as asked for at present, and `readyPods`, those of them that are ready
 */
export function replicasForTotal(
  ratio: number,
  { replicas, readyPods }: { replicas: number; readyPods: number },
  tolerance: Tolerance,
): number {
  if (replicas === 0) {
    return Math.ceil(ratio);
  }
  return isWithinTolerance(ratio, tolerance)
    ? replicas
    : Math.ceil(ratio * readyPods);
}
