import { sourcedValue } from '../../sourced';
import { formatClock } from '../formatClock';
import { formatRate } from '../formatRate';
import { levelsSentence } from '../levelsSentence';
import { VerdictFacts, VerdictRule } from '../verdictFacts';

function since({ parts }: VerdictFacts): string {
  const events = parts.events && sourcedValue(parts.events);
  const paused = events?.find(({ kind }) => kind === 'paused');
  return paused ? ` since ${formatClock(paused.at, parts.now)}` : '';
}

function removal({ scaledObject }: VerdictFacts): string {
  const names = scaledObject?.paused?.annotations ?? [];
  return `Remove the ${names.length > 1 ? 'annotations' : 'annotation'}${
    names.length > 0 ? ` ${names.join(' and ')}` : ''
  } from the ScaledObject`;
}

function consequence({
  scaledObject,
  workload,
  requestsPerSecond,
  needed,
}: VerdictFacts): string {
  if (requestsPerSecond !== undefined && needed !== undefined) {
    return `; ${formatRate(requestsPerSecond)} requests/s would need ${needed}`;
  }
  const held = scaledObject?.paused?.replicas ?? workload?.desiredReplicas;
  return held === undefined ? '' : `; ${held} replicas stay`;
}

/** Nothing is scaled; KEDA has removed the autoscaler. */
export const pausedVerdict: VerdictRule = facts => {
  const { scaledObject } = facts;
  if (scaledObject?.paused?.how !== 'all') {
    return undefined;
  }
  return {
    state: 'paused',
    sentence: `Paused${since(facts)} by the annotation${consequence(facts)}.`,
    nextStep: `${removal(facts)} to scale again.`,
  };
};

/** One direction is paused, the autoscaler goes on in the other. */
export const pausedDirectionVerdict: VerdictRule = facts => {
  const { scaledObject, replicas, requestsPerSecond, needed, levels } = facts;
  const how = scaledObject?.paused?.how;
  if (how !== 'scaleIn' && how !== 'scaleOut') {
    return undefined;
  }
  const direction = how === 'scaleIn' ? 'in' : 'out';
  const blocked =
    needed !== undefined &&
    replicas !== undefined &&
    (how === 'scaleIn' ? needed < replicas : needed > replicas);
  const rest =
    blocked && requestsPerSecond !== undefined
      ? `; ${formatRate(requestsPerSecond)} requests/s would need ${needed}.`
      : `.${replicas === undefined ? '' : levelsSentence(levels, replicas)}`;
  return {
    state: 'paused',
    sentence: `Scaling ${direction} is paused${since(facts)} by the annotation${
      replicas === undefined ? '' : ` at ${replicas}`
    }${rest}`,
    nextStep: `${removal(facts)} to scale ${direction} again.`,
  };
};
