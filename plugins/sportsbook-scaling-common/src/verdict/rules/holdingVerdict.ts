import { ScalingVerdict } from '../../snapshot';
import { levelsSentence } from '../levelsSentence';
import { readySentence } from '../readySentence';
import { VerdictFacts } from '../verdictFacts';

/** Nothing changes until the rate crosses one of the levels. */
export function holdingVerdict(facts: VerdictFacts): ScalingVerdict {
  const { autoscaler, replicas, levels } = facts;
  const atMaximum =
    autoscaler !== undefined && replicas === autoscaler.maxReplicas;
  return {
    state: 'holding',
    sentence: `Holding at ${replicas}${atMaximum ? ', the maximum' : ''}.${
      replicas === undefined ? '' : levelsSentence(levels, replicas)
    }${readySentence(facts)}`,
  };
}
