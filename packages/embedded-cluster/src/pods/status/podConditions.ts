import type { PodCondition } from '../podObject';
import type { ContainerView } from './ContainerView';
import { isInitialized, type InitView, type PodPhase } from './podPhase';

type Verdict = Pick<PodCondition, 'status' | 'reason' | 'message'>;

export interface ConditionFacts {
  phase: PodPhase;
  /** The pod has its address. */
  hasSandbox: boolean;
  init: readonly InitView[];
  containers: readonly ContainerView[];
  /** Of `spec.readinessGates`. */
  gates: readonly string[];
  generation: number;
  /** As stored: those of others stay, and an unchanged status keeps its time. */
  before: readonly PodCondition[];
  /** RFC 3339. */
  now: string;
}

/** Conditions of a pod on a node, in the order in which the kubelet writes them. */
export function podConditions(facts: ConditionFacts): PodCondition[] {
  const containersReady = readyVerdict(facts);
  const own: [string, Verdict][] = [
    ['PodReadyToStartContainers', yesNo(facts.hasSandbox)],
    ['Initialized', initializedVerdict(facts)],
    ['Ready', gatedVerdict(facts, containersReady)],
    ['ContainersReady', containersReady],
    ['PodScheduled', yesNo(true)],
  ];
  const names = new Set(own.map(([type]) => type));
  return [
    ...facts.before.filter(({ type }) => !names.has(type)),
    ...own.map(([type, verdict]) => written(type, verdict, facts)),
  ];
}

function written(
  type: string,
  verdict: Verdict,
  { before, now, generation }: ConditionFacts,
): PodCondition {
  const old = before.find(condition => condition.type === type);
  return {
    lastProbeTime: null,
    lastTransitionTime:
      old?.status === verdict.status ? old.lastTransitionTime ?? now : now,
    ...(verdict.message === undefined ? {} : { message: verdict.message }),
    observedGeneration: generation,
    ...(verdict.reason === undefined ? {} : { reason: verdict.reason }),
    status: verdict.status,
    type,
  };
}

function yesNo(value: boolean): Verdict {
  return { status: value ? 'True' : 'False' };
}

function initializedVerdict({ init, phase }: ConditionFacts): Verdict {
  const incomplete = init.filter(one => !isInitialized(one));
  if (phase === 'Succeeded') {
    return { status: 'True', reason: 'PodCompleted' };
  }
  return incomplete.length === 0 || phase === 'Running'
    ? { status: 'True' }
    : {
        status: 'False',
        reason: 'ContainersNotInitialized',
        message: `containers with incomplete status: [${incomplete
          .map(({ view }) => view.name)
          .join(' ')}]`,
      };
}

function readyVerdict({ phase, init, containers }: ConditionFacts): Verdict {
  if (phase === 'Succeeded') {
    return { status: 'False', reason: 'PodCompleted' };
  }
  if (phase === 'Failed') {
    return { status: 'False', reason: 'PodFailed' };
  }
  const unready = [
    ...init.filter(({ sidecar }) => sidecar).map(({ view }) => view),
    ...containers,
  ].filter(({ ready }) => !ready);
  return unready.length === 0
    ? { status: 'True' }
    : {
        status: 'False',
        reason: 'ContainersNotReady',
        message: `containers with unready status: [${unready
          .map(({ name }) => name)
          .join(' ')}]`,
      };
}

function gatedVerdict(
  { gates, before }: ConditionFacts,
  containersReady: Verdict,
): Verdict {
  if (containersReady.status === 'False') {
    return containersReady;
  }
  const messages = gates.flatMap(gate => {
    const condition = before.find(({ type }) => type === gate);
    if (!condition) {
      return [
        `corresponding condition of pod readiness gate "${gate}" does not exist.`,
      ];
    }
    return condition.status === 'True'
      ? []
      : [
          `the status of pod readiness gate "${gate}" is not "True", but ${condition.status}`,
        ];
  });
  return messages.length === 0
    ? containersReady
    : {
        status: 'False',
        reason: 'ReadinessGatesNotReady',
        message: messages.join(', '),
      };
}
