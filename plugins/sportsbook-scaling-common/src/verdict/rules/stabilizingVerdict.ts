import { DEFAULT_SCALE_IN_WINDOW_SECONDS } from '../../hpa/autoscalerPolicy';
import { formatRate } from '../formatRate';
import { VerdictRule } from '../verdictFacts';

/** The rate asks for a change that the autoscaler's stabilisation window holds back. */
export const stabilizingVerdict: VerdictRule = facts => {
  const { policy, replicas, requestsPerSecond, needed } = facts;
  const reason = facts.autoscalerCondition('AbleToScale')?.reason;
  const down = reason === 'ScaleDownStabilized';
  if (
    (!down && reason !== 'ScaleUpStabilized') ||
    replicas === undefined ||
    requestsPerSecond === undefined ||
    needed === undefined ||
    // The condition may be older than the rate, and is also set at the minimum.
    (down ? needed >= replicas : needed <= replicas)
  ) {
    return undefined;
  }
  const windowSeconds = down
    ? policy?.behavior?.scaleDown.stabilizationWindowSeconds ??
      DEFAULT_SCALE_IN_WINDOW_SECONDS
    : policy?.behavior?.scaleUp.stabilizationWindowSeconds ?? 0;
  return {
    state: 'stabilizing',
    sentence: `Stabilizing at ${replicas}: ${formatRate(
      requestsPerSecond,
    )} requests/s would ${
      down ? 'allow' : 'need'
    } ${needed}; the autoscaler waits out its window of ${windowSeconds} s.`,
  };
};
