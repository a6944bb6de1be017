import { formatRate } from '../formatRate';
import { levelsSentence } from '../levelsSentence';
import { readySentence } from '../readySentence';
import { VerdictRule } from '../verdictFacts';

/**
 * The bounds decide, not the rate. Keyed on the autoscaler's own condition:
 * as many replicas as the maximum may be just what the rate asks for.
 */
export const atMaximumVerdict: VerdictRule = facts => {
  const { autoscaler, requestsPerSecond, needed } = facts;
  const limited = facts.autoscalerCondition('ScalingLimited');
  if (
    !autoscaler ||
    limited?.status !== 'True' ||
    limited.reason !== 'TooManyReplicas'
  ) {
    return undefined;
  }
  const { maxReplicas } = autoscaler;
  const why =
    requestsPerSecond !== undefined &&
    needed !== undefined &&
    needed > maxReplicas
      ? `${formatRate(requestsPerSecond)} requests/s would need ${needed}`
      : 'the autoscaler last asked for more';
  return {
    state: 'atMaximum',
    sentence: `At the maximum of ${maxReplicas}: ${why}.${readySentence(
      facts,
    )}`,
    nextStep:
      'Raise maxReplicas, or requestsPerSecondPerReplica if a replica can do more.',
  };
};

/** Fewer would do, but the minimum stays. */
export const atMinimumVerdict: VerdictRule = facts => {
  const { autoscaler, levels } = facts;
  const limited = facts.autoscalerCondition('ScalingLimited');
  return autoscaler &&
    limited?.status === 'True' &&
    limited.reason === 'TooFewReplicas'
    ? {
        state: 'atMinimum',
        sentence: `At the minimum of ${autoscaler.minReplicas}.${levelsSentence(
          levels,
          autoscaler.desiredReplicas,
        )}${readySentence(facts)}`,
      }
    : undefined;
};
