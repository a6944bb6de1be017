import { rateFailure, rateNextStep } from '../rateFailure';
import { VerdictRule } from '../verdictFacts';

/** KEDA stands in for a rate that it cannot read. */
export const fallbackVerdict: VerdictRule = facts => {
  const { scaledObject, replicas } = facts;
  if (!scaledObject?.fallback?.active) {
    return undefined;
  }
  const held = replicas ?? scaledObject.fallback.replicas;
  return {
    state: 'fallback',
    sentence: `On fallback: ${
      rateFailure(facts) ?? 'KEDA cannot read the rate'
    }; ${held} replicas are held.`,
    nextStep: rateNextStep(facts),
  };
};
