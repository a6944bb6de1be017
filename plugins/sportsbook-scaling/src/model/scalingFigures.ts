import type { ScalingSnapshot } from '@sportsbook/plugin-sportsbook-scaling-common';
import { sourcedValue } from './sourcedValue';

/** The numbers at the top of the card; what no source knows is undefined. */
export interface ScalingFigures {
  /** Total of the service. */
  requestsPerSecond?: number;
  /** Replicas that serve. */
  currentReplicas?: number;
  /** Replicas that the workload was told to have. */
  desiredReplicas?: number;
  minReplicas?: number;
  maxReplicas?: number;
  /** Average of one replica against the threshold, both in requests per second. */
  perReplica?: {
    average: number;
    threshold?: number;
    /** Whether the autoscaler read it, or the total was divided by `currentReplicas` here. */
    source: 'autoscaler' | 'division';
  };
  /** Around the threshold, as fractions of it. */
  tolerance?: { up: number; down: number };
}

/** Joins ScaledObject, autoscaler, workload and rate into one set of numbers. */
export function scalingFigures(snapshot: ScalingSnapshot): ScalingFigures {
  const scaledObject = sourcedValue(snapshot.scaledObject);
  const autoscaler = sourcedValue(snapshot.autoscaler);
  const workload = sourcedValue(snapshot.workload);
  const requestsPerSecond = sourcedValue(snapshot.requestsPerSecond);
  const currentReplicas =
    workload?.readyReplicas ?? autoscaler?.currentReplicas;
  return {
    requestsPerSecond,
    currentReplicas,
    desiredReplicas: workload?.desiredReplicas ?? autoscaler?.desiredReplicas,
    // The autoscaler's own minimum is 1 where the ScaledObject's is 0.
    minReplicas: scaledObject?.minReplicas ?? autoscaler?.minReplicas,
    maxReplicas: scaledObject?.maxReplicas ?? autoscaler?.maxReplicas,
    perReplica: perReplicaFigure({
      threshold:
        scaledObject?.trigger?.requestsPerSecondPerReplica ??
        autoscaler?.targetRequestsPerSecondPerReplica,
      read: autoscaler?.averageRequestsPerSecond,
      requestsPerSecond,
      currentReplicas,
    }),
    tolerance: autoscaler && {
      up: autoscaler.toleranceUp,
      down: autoscaler.toleranceDown,
    },
  };
}

function perReplicaFigure(known: {
  threshold?: number;
  read?: number;
  requestsPerSecond?: number;
  currentReplicas?: number;
}): ScalingFigures['perReplica'] {
  const { threshold, read, requestsPerSecond, currentReplicas } = known;
  if (read !== undefined) {
    return { average: read, threshold, source: 'autoscaler' };
  }
  if (
    requestsPerSecond === undefined ||
    currentReplicas === undefined ||
    currentReplicas === 0
  ) {
    return undefined;
  }
  return {
    average: requestsPerSecond / currentReplicas,
    threshold,
    source: 'division',
  };
}
