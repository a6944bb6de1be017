import type { KedaFallback } from './scaledObjectSpec';

/** Counts that a fallback may look at. */
export interface FallbackCounts {
  currentReplicas: number;
  /** Needed for targets of type `Value` alone. */
  readyReplicas: number;
}

function replicasOf(
  { replicas, behavior }: KedaFallback,
  currentReplicas: number,
): number {
  switch (behavior) {
    case 'currentReplicas':
      return currentReplicas;
    case 'currentReplicasIfHigher':
      return Math.max(currentReplicas, replicas);
    case 'currentReplicasIfLower':
      return Math.min(currentReplicas, replicas);
    default:
      return replicas;
  }
}

/**
 * The value that stands in for a metric which cannot be read, such that the
 * autoscaler comes to the replicas of the fallback; in thousandths.
 *
 * @throws Error for a target of type `Value` while no replica is ready: there is nothing to divide by
 */
export function fallbackMilli(
  fallback: KedaFallback,
  target: { threshold: number; metricType: 'AverageValue' | 'Value' },
  { currentReplicas, readyReplicas }: FallbackCounts,
): number {
  const replicas = replicasOf(fallback, currentReplicas);
  if (target.metricType === 'AverageValue') {
    return Math.trunc(target.threshold * 1000 * replicas);
  }
  if (readyReplicas === 0) {
    throw new Error('error performing fallback');
  }
  return Math.trunc(target.threshold * 1000 * (replicas / readyReplicas));
}
