import type { AutoscalerBehavior } from './hpa/autoscalerPolicy';

/** Seconds since 1970-01-01 UTC. */
export type UnixTimestampSeconds = number;

/** Where an entity's service runs. */
export interface ScalingTarget {
  cluster: string;
  namespace: string;
  /** Name of the ScaledObject. */
  scaledObject: string;
}

/** Why a source has no value. Forbidden, unreachable and absent are three different things. */
export type SourceFailure =
  | 'notInstalled'
  | 'absent'
  | 'forbidden'
  | 'unreachable'
  | 'failed';

/**
 * What one source said. A failing source degrades its own part only.
 * `stale` keeps the last good value beside the failure.
 */
export type Sourced<T> =
  | { status: 'ok'; value: T; observedAt: UnixTimestampSeconds }
  | {
      status: 'stale';
      value: T;
      observedAt: UnixTimestampSeconds;
      failure: SourceFailure;
      message: string;
    }
  | { status: SourceFailure; message: string; since: UnixTimestampSeconds };

export interface Condition {
  type: string;
  status: 'True' | 'False' | 'Unknown';
  reason?: string;
  message?: string;
  lastTransitionAt?: UnixTimestampSeconds;
}

/** The ScaledObject as far as scaling depends on it. */
export interface ScaledObjectView {
  name: string;
  scaleTarget: { kind: string; name: string };
  minReplicas: number;
  maxReplicas: number;
  /** The prometheus trigger that the card follows; undefined where there is none. */
  trigger?: {
    query: string;
    requestsPerSecondPerReplica: number;
    serverAddress: string;
  };
  conditions: Condition[];
  paused:
    | {
        how: 'all' | 'scaleIn' | 'scaleOut';
        replicas?: number;
        /** Names of the annotations that do it. */
        annotations?: string[];
      }
    | undefined;
  fallback:
    | { replicas: number; failureThreshold: number; active: boolean }
    | undefined;
  hpaName?: string;
}

/** The HorizontalPodAutoscaler that KEDA made. */
export interface AutoscalerView {
  name: string;
  currentReplicas: number;
  desiredReplicas: number;
  minReplicas: number;
  maxReplicas: number;
  /** Average per replica as the autoscaler last read it, requests per second. */
  averageRequestsPerSecond?: number;
  /** The metric's target, requests per second and replica; undefined where it is no AverageValue. */
  targetRequestsPerSecondPerReplica?: number;
  /** Windows and step limits; undefined where the autoscaler has no `spec.behavior`. */
  behavior?: AutoscalerBehavior;
  /** Tolerances as fractions of the threshold; the controller's default is 0.1. */
  toleranceUp: number;
  toleranceDown: number;
  conditions: Condition[];
  lastScaleAt?: UnixTimestampSeconds;
}

/** The scale target. */
export interface WorkloadView {
  kind: string;
  name: string;
  desiredReplicas: number;
  readyReplicas: number;
  updatedReplicas: number;
  image?: string;
}

/** One point of a range. */
export interface RatePoint {
  at: UnixTimestampSeconds;
  requestsPerSecond: number;
}
export interface ReplicaPoint {
  at: UnixTimestampSeconds;
  replicas: number;
}

export interface ScalingHistory {
  from: UnixTimestampSeconds;
  to: UnixTimestampSeconds;
  stepSeconds: number;
  /** Gaps in the series are gaps in time, never zeros. */
  requestsPerSecond: RatePoint[];
  replicas: ReplicaPoint[];
}

/** Something that happened to the replicas, newest first in a list. */
export interface ScalingEvent {
  at: UnixTimestampSeconds;
  kind:
    | 'scaledOut'
    | 'scaledIn'
    | 'fallback'
    | 'paused'
    | 'resumed'
    | 'rollout'
    | 'trouble';
  /** Replicas before and after, where the event says so. */
  from?: number;
  to?: number;
  /** One plain sentence. */
  message: string;
  /** Kubernetes' reason, such as `SuccessfulRescale`. */
  reason: string;
}

/** What the autoscaler does, and why, in one word for programs and one sentence for people. */
export interface ScalingVerdict {
  state:
    | 'holding'
    | 'scalingOut'
    | 'scalingIn'
    | 'stabilizing'
    | 'atMaximum'
    | 'atMinimum'
    | 'fallback'
    | 'paused'
    | 'starting'
    | 'broken'
    | 'unknown';
  /** Ends with a full stop; names numbers with their units. */
  sentence: string;
  /** What to do about it, where there is something to do. */
  nextStep?: string;
}

/** Rates between which the replicas stay; undefined where there is no next step. */
export interface ReplicaLevels {
  /** Above this rate the next replica comes. */
  scaleOutAboveRequestsPerSecond?: number;
  /** Replicas after that step; more than one may come at once. */
  scaleOutTo?: number;
  /** At or below this rate one replica goes. */
  scaleInAtRequestsPerSecond?: number;
  /** Replicas after that step. */
  scaleInTo?: number;
}

/** Everything that the card shows about one service. */
export interface ScalingSnapshot {
  target: ScalingTarget;
  /** True where the cluster says of itself that it is the embedded one. */
  embedded?: true;
  observedAt: UnixTimestampSeconds;
  scaledObject: Sourced<ScaledObjectView>;
  autoscaler: Sourced<AutoscalerView>;
  workload: Sourced<WorkloadView>;
  /** Total rate as the trigger's own query says, requests per second. */
  requestsPerSecond: Sourced<number>;
  history: Sourced<ScalingHistory>;
  events: Sourced<ScalingEvent[]>;
  levels: ReplicaLevels;
  verdict: ScalingVerdict;
}
