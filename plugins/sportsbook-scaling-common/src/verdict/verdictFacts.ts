import { AutoscalerPolicy } from '../hpa/autoscalerPolicy';
import { autoscalerPolicyOf } from '../hpa/autoscalerPolicyOf';
import { desiredReplicas } from '../hpa/desiredReplicas';
import {
  AutoscalerView,
  Condition,
  ReplicaLevels,
  ScaledObjectView,
  ScalingEvent,
  ScalingTarget,
  ScalingVerdict,
  Sourced,
  UnixTimestampSeconds,
  WorkloadView,
} from '../snapshot';
import { sourcedValue } from '../sourced';
import { currentLevels } from './currentLevels';

/** What a verdict is made of. */
export interface VerdictParts {
  target: ScalingTarget;
  scaledObject: Sourced<ScaledObjectView>;
  autoscaler: Sourced<AutoscalerView>;
  workload: Sourced<WorkloadView>;
  /** Total rate. */
  requestsPerSecond: Sourced<number>;
  /** Tell since when something is so; optional. */
  events?: Sourced<ScalingEvent[]>;
  now: UnixTimestampSeconds;
}

/** {@link VerdictParts} with what every rule asks of them worked out once. */
export interface VerdictFacts {
  parts: VerdictParts;
  scaledObject?: ScaledObjectView;
  autoscaler?: AutoscalerView;
  workload?: WorkloadView;
  /** Conditions by type. */
  autoscalerCondition(type: string): Condition | undefined;
  scaledObjectCondition(type: string): Condition | undefined;
  policy?: AutoscalerPolicy;
  levels: ReplicaLevels;
  /** Replicas that are to be there; undefined where no source says. */
  replicas?: number;
  /** Total rate: Prometheus' answer, else what the autoscaler last read. */
  requestsPerSecond?: number;
  /** Replicas that this rate asks for: at least the minimum, the maximum not considered. */
  needed?: number;
}

/** A rule gives its verdict, or undefined where it has nothing to say. */
export type VerdictRule = (facts: VerdictFacts) => ScalingVerdict | undefined;

function totalRate(
  { requestsPerSecond }: VerdictParts,
  autoscaler: AutoscalerView | undefined,
): number | undefined {
  if (requestsPerSecond.status === 'ok') {
    return requestsPerSecond.value;
  }
  return autoscaler?.averageRequestsPerSecond === undefined
    ? undefined
    : autoscaler.averageRequestsPerSecond * autoscaler.currentReplicas;
}

export function verdictFacts(parts: VerdictParts): VerdictFacts {
  const scaledObject = sourcedValue(parts.scaledObject);
  const autoscaler = sourcedValue(parts.autoscaler);
  const workload = sourcedValue(parts.workload);
  const policy = autoscalerPolicyOf(autoscaler, scaledObject);
  const replicas = autoscaler?.desiredReplicas ?? workload?.desiredReplicas;
  const requestsPerSecond = totalRate(parts, autoscaler);
  const needed =
    policy && requestsPerSecond !== undefined && replicas
      ? Math.max(
          policy.minReplicas,
          desiredReplicas(requestsPerSecond, replicas, policy),
        )
      : undefined;
  return {
    parts,
    scaledObject,
    autoscaler,
    workload,
    autoscalerCondition: type =>
      autoscaler?.conditions.find(condition => condition.type === type),
    scaledObjectCondition: type =>
      scaledObject?.conditions.find(condition => condition.type === type),
    policy,
    levels: currentLevels({ scaledObject, policy, replicas }),
    replicas,
    requestsPerSecond,
    needed,
  };
}
