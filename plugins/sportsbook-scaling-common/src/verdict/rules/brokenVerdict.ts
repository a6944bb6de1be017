import { plainMessage } from '../../status/conditions';
import { formatClock } from '../formatClock';
import { rateFailure, rateNextStep } from '../rateFailure';
import { VerdictFacts, VerdictRule } from '../verdictFacts';

const sentence = (text: string) => `${plainMessage(text).replace(/\.$/, '')}.`;

/** The autoscaler reads no metric. */
const noRateVerdict: VerdictRule = facts => {
  const { autoscaler, scaledObject, parts, workload } = facts;
  const active = facts.autoscalerCondition('ScalingActive');
  if (!autoscaler || active?.status !== 'False') {
    return undefined;
  }
  if (active.reason === 'ScalingDisabled') {
    return scaledObject?.minReplicas === 0
      ? {
          state: 'atMinimum',
          sentence:
            'Idle at 0. KEDA starts the first replica when its trigger becomes active.',
        }
      : {
          state: 'broken',
          sentence: `Scaling is off because ${
            workload ? `${workload.kind} ${workload.name}` : 'the scale target'
          } has 0 replicas.`,
          nextStep:
            'Scale it to at least 1 replica; the autoscaler goes on from there.',
        };
  }
  const since =
    active.lastTransitionAt === undefined
      ? ''
      : ` since ${formatClock(active.lastTransitionAt, parts.now)}`;
  const cause = rateFailure(facts);
  return {
    state: 'broken',
    sentence: `The autoscaler has had no rate${since} (${
      cause ?? active.reason ?? 'no reason given'
    }); ${autoscaler.desiredReplicas} replicas stay.`,
    nextStep: rateNextStep(facts),
  };
};

/** The autoscaler knows what it wants, but cannot do it. */
const unableVerdict: VerdictRule = facts => {
  const able = facts.autoscalerCondition('AbleToScale');
  return able?.status === 'False'
    ? {
        state: 'broken',
        sentence: sentence(
          `The autoscaler cannot scale: ${able.reason ?? 'no reason given'}: ${
            able.message ?? ''
          }`,
        ),
      }
    : undefined;
};

/** Why KEDA does not take the ScaledObject as it stands; undefined where it does. */
export function refusal(facts: VerdictFacts): string | undefined {
  const ready = facts.scaledObjectCondition('Ready');
  return ready?.status === 'False' && ready.reason === 'ScaledObjectCheckFailed'
    ? sentence(
        `KEDA refuses the ScaledObject: ${ready.message ?? 'no message given'}`,
      )
    : undefined;
}

/**
 * `Ready` counts only where no autoscaler works: while one does, it goes on
 * with the policy that it has.
 */
const notReadyVerdict: VerdictRule = facts => {
  const ready = facts.scaledObjectCondition('Ready');
  if (
    ready?.status !== 'False' ||
    facts.autoscalerCondition('ScalingActive')?.status === 'True'
  ) {
    return undefined;
  }
  const refused = refusal(facts);
  return refused === undefined
    ? {
        state: 'broken',
        sentence: sentence(
          `KEDA does not scale: ${ready.reason ?? 'no reason given'}: ${
            ready.message ?? ''
          }`,
        ),
        nextStep: rateNextStep(facts),
      }
    : {
        state: 'broken',
        sentence: refused,
        nextStep: /not found/.test(refused)
          ? 'Apply the scale target, or correct scaleTargetRef of the ScaledObject.'
          : 'Correct the ScaledObject and apply it again.',
      };
};

/** Nothing scales, and it will stay so until somebody acts. */
export const brokenVerdict: VerdictRule = facts =>
  unableVerdict(facts) ?? noRateVerdict(facts) ?? notReadyVerdict(facts);
