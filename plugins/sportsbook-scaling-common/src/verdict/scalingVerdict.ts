import { ScalingVerdict } from '../snapshot';
import { formatClock } from './formatClock';
import { brokenVerdict, refusal } from './rules/brokenVerdict';
import { fallbackVerdict } from './rules/fallbackVerdict';
import { holdingVerdict } from './rules/holdingVerdict';
import { atMaximumVerdict, atMinimumVerdict } from './rules/limitVerdict';
import { missingSourceVerdict } from './rules/missingSourceVerdict';
import { movingVerdict } from './rules/movingVerdict';
import { pausedDirectionVerdict, pausedVerdict } from './rules/pausedVerdict';
import { stabilizingVerdict } from './rules/stabilizingVerdict';
import {
  noReplicaReadyVerdict,
  startingVerdict,
} from './rules/startingVerdict';
import {
  VerdictFacts,
  verdictFacts,
  VerdictParts,
  VerdictRule,
} from './verdictFacts';

/** The first that applies decides: what keeps the rate from counting goes before what the rate does. */
const RULES: readonly VerdictRule[] = [
  missingSourceVerdict,
  pausedVerdict,
  fallbackVerdict,
  noReplicaReadyVerdict,
  brokenVerdict,
  startingVerdict,
  movingVerdict,
  pausedDirectionVerdict,
  atMaximumVerdict,
  stabilizingVerdict,
  atMinimumVerdict,
];

function decide(facts: VerdictFacts): ScalingVerdict {
  for (const rule of RULES) {
    const verdict = rule(facts);
    if (verdict) {
      return verdict;
    }
  }
  return holdingVerdict(facts);
}

/** Says so where the verdict rests on something that is no longer answered. */
function staleSentence({
  scaledObject,
  autoscaler,
  now,
}: VerdictParts): string {
  const observed = [scaledObject, autoscaler].flatMap(source =>
    source.status === 'stale' ? [source.observedAt] : [],
  );
  return observed.length > 0
    ? ` Last read at ${formatClock(Math.min(...observed), now)}.`
    : '';
}

/**
 * What the autoscaler does and why, from whatever sources answer.
 *
 * @remarks
 * The ScaledObject's `Ready` alone decides nothing: it comes before the first
 * metric was read, and stays while KEDA is gone. The autoscaler's conditions
 * go before it.
 */
export function scalingVerdict(parts: VerdictParts): ScalingVerdict {
  const facts = verdictFacts(parts);
  const verdict = decide(facts);
  const nextStep = verdict.nextStep ?? refusal(facts);
  return {
    ...verdict,
    sentence: `${verdict.sentence}${staleSentence(parts)}`,
    ...(nextStep !== undefined && { nextStep }),
  };
}
