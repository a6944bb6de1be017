import { VerdictRule } from '../verdictFacts';

/** No replica is ready yet, whatever the autoscaler says about it. */
export const noReplicaReadyVerdict: VerdictRule = ({ workload }) =>
  workload && workload.desiredReplicas > 0 && workload.readyReplicas === 0
    ? {
        state: 'starting',
        sentence: `Starting: 0 of ${workload.desiredReplicas} replicas are ready.`,
      }
    : undefined;

/** The autoscaler is not there yet, has not decided yet, or cannot be read. */
export const startingVerdict: VerdictRule = facts => {
  const { parts, autoscaler, replicas } = facts;
  if (!autoscaler) {
    if (
      parts.autoscaler.status === 'absent' ||
      parts.autoscaler.status === 'notInstalled'
    ) {
      return {
        state: 'starting',
        sentence: 'Starting: KEDA has not made the autoscaler yet.',
      };
    }
    const message =
      parts.autoscaler.status === 'ok' ? '' : parts.autoscaler.message;
    return {
      state: 'unknown',
      sentence: `The autoscaler cannot be read (${
        parts.autoscaler.status
      }): ${message.replace(/\.$/, '')}${
        replicas === undefined ? '' : `; ${replicas} replicas are wanted`
      }.`,
    };
  }
  return facts.autoscalerCondition('ScalingActive')
    ? undefined
    : {
        state: 'starting',
        sentence: 'Starting: the autoscaler has not read the rate yet.',
      };
};
