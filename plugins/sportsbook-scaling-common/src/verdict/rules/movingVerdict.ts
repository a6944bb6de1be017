import { formatRate } from '../formatRate';
import { VerdictFacts, VerdictRule } from '../verdictFacts';

/** As long after a rescale, replicas that are not ready count as coming. */
const COMING_SECONDS = 120;

/** What the autoscaler itself read, which Prometheus' answer of now may differ from. */
function average({ autoscaler, policy }: VerdictFacts): string {
  return autoscaler?.averageRequestsPerSecond === undefined || !policy
    ? ''
    : `: the rate is ${formatRate(
        autoscaler.averageRequestsPerSecond,
      )} of ${formatRate(policy.requestsPerSecondPerReplica)} per replica`;
}

/** The step that the autoscaler's rate limits leave for later. */
const limitedStepVerdict: VerdictRule = facts => {
  const { replicas, requestsPerSecond, needed } = facts;
  const limited = facts.autoscalerCondition('ScalingLimited');
  if (
    limited?.status !== 'True' ||
    (limited.reason !== 'ScaleUpLimit' && limited.reason !== 'ScaleDownLimit')
  ) {
    return undefined;
  }
  const out = limited.reason === 'ScaleUpLimit';
  const why =
    requestsPerSecond === undefined || needed === undefined
      ? ''
      : `: ${formatRate(requestsPerSecond)} requests/s would need ${needed}`;
  return {
    state: out ? 'scalingOut' : 'scalingIn',
    sentence: `Scaling ${
      out ? 'out' : 'in'
    } by steps, now at ${replicas}${why}.`,
  };
};

/** Replicas are being added or removed. */
export const movingVerdict: VerdictRule = facts => {
  const { autoscaler, workload, parts } = facts;
  if (!autoscaler) {
    return undefined;
  }
  const { currentReplicas, desiredReplicas, lastScaleAt } = autoscaler;
  if (desiredReplicas !== currentReplicas) {
    const out = desiredReplicas > currentReplicas;
    return {
      state: out ? 'scalingOut' : 'scalingIn',
      sentence: `Scaling ${
        out ? 'out' : 'in'
      } from ${currentReplicas} to ${desiredReplicas}${average(facts)}.`,
    };
  }
  const limited = limitedStepVerdict(facts);
  if (limited) {
    return limited;
  }
  const recently =
    lastScaleAt !== undefined && parts.now - lastScaleAt <= COMING_SECONDS;
  return workload &&
    recently &&
    workload.readyReplicas < workload.desiredReplicas &&
    workload.updatedReplicas === workload.desiredReplicas
    ? {
        state: 'scalingOut',
        sentence: `Scaling out to ${workload.desiredReplicas}: ${workload.readyReplicas} are ready.`,
      }
    : undefined;
};
