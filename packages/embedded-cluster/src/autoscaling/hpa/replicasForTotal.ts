/**
 * The replicas that a metric with a `Value` target asks for: the target is one
 * for all replicas together, so that only the ratio counts.
 *
 * @param ratio - present value divided by its target
 * @param replicas - present replicas
 * @param readyPods - those of them that are ready
 */
export function replicasForTotal(
  ratio: number,
  { replicas, readyPods }: { replicas: number; readyPods: number },
  tolerance: { toleranceUp: number; toleranceDown: number },
): number {
  if (replicas === 0) {
    return Math.ceil(ratio);
  }
  return ratio >= 1 - tolerance.toleranceDown &&
    ratio <= 1 + tolerance.toleranceUp
    ? replicas
    : Math.ceil(ratio * readyPods);
}
