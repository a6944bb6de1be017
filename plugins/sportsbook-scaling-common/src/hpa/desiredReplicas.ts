import { AutoscalerPolicy } from './autoscalerPolicy';
import { toMilli } from './milli';

type Target = Pick<
  AutoscalerPolicy,
  'requestsPerSecondPerReplica' | 'toleranceUp' | 'toleranceDown'
>;

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
  return ratio >= 1 - target.toleranceDown && ratio <= 1 + target.toleranceUp
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
