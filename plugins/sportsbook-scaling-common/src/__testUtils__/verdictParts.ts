import {
  AutoscalerView,
  Condition,
  ScaledObjectView,
  Sourced,
  SourceFailure,
  WorkloadView,
} from '../snapshot';
import { VerdictParts } from '../verdict/verdictFacts';

/** 2026-11-23, 21:10 UTC: when the tests' verdicts are given. */
export const NOW = Date.parse('2026-11-23T21:10:00Z') / 1000;

/** A time of that day, as `HH:MM`. */
export const clock = (time: string) =>
  Date.parse(`2026-11-23T${time}:00Z`) / 1000;

export const ok = <T>(value: T): Sourced<T> => ({
  status: 'ok',
  value,
  observedAt: NOW,
});

export const failing = (
  status: SourceFailure,
  message = 'as the test says',
): { status: SourceFailure; message: string; since: number } => ({
  status,
  message,
  since: clock('21:02'),
});

export const scaledObjectView: ScaledObjectView = {
  name: 'odds-api',
  scaleTarget: { kind: 'Deployment', name: 'odds-api' },
  minReplicas: 2,
  maxReplicas: 10,
  trigger: {
    query: 'sum(rate(x[30s]))',
    requestsPerSecondPerReplica: 100,
    serverAddress: 'http://prometheus-odds-api.betting.svc:9090',
  },
  conditions: [
    { type: 'Ready', status: 'True', reason: 'ScaledObjectReady' },
    { type: 'HPAActive', status: 'True', reason: 'HPAActive' },
  ],
  paused: undefined,
  fallback: { replicas: 4, failureThreshold: 3, active: false },
  hpaName: 'keda-hpa-odds-api',
};

/** The three conditions of an autoscaler, by their reasons. */
export function autoscalerConditions(reasons: {
  able?: string;
  active?: string;
  limited?: string;
}): Condition[] {
  const { able, active, limited } = {
    able: 'ReadyForNewScale',
    active: 'ValidMetricFound',
    limited: 'DesiredWithinRange',
    ...reasons,
  };
  return [
    {
      type: 'AbleToScale',
      status: able.startsWith('Failed') ? 'False' : 'True',
      reason: able,
    },
    {
      type: 'ScalingActive',
      status: active === 'ValidMetricFound' ? 'True' : 'False',
      reason: active,
      lastTransitionAt: clock('21:01'),
    },
    {
      type: 'ScalingLimited',
      status: limited === 'DesiredWithinRange' ? 'False' : 'True',
      reason: limited,
    },
  ];
}

/** An autoscaler that keeps so many replicas, within 2 and 10 at 100 requests/s each. */
export function autoscalerAt(
  replicas: number,
  fields: Partial<AutoscalerView> = {},
): AutoscalerView {
  return {
    name: 'keda-hpa-odds-api',
    currentReplicas: replicas,
    desiredReplicas: replicas,
    minReplicas: 2,
    maxReplicas: 10,
    averageRequestsPerSecond: 83.3,
    targetRequestsPerSecondPerReplica: 100,
    behavior: {
      scaleUp: {
        stabilizationWindowSeconds: 0,
        selectPolicy: 'Max',
        policies: [{ type: 'Pods', value: 4, periodSeconds: 15 }],
      },
      scaleDown: {
        stabilizationWindowSeconds: 120,
        selectPolicy: 'Max',
        policies: [{ type: 'Pods', value: 2, periodSeconds: 60 }],
      },
    },
    toleranceUp: 0.1,
    toleranceDown: 0.1,
    conditions: autoscalerConditions({}),
    ...fields,
  };
}

export function workloadAt(replicas: number, ready = replicas): WorkloadView {
  return {
    kind: 'Deployment',
    name: 'odds-api',
    desiredReplicas: replicas,
    readyReplicas: ready,
    updatedReplicas: replicas,
  };
}

/** Three replicas hold at 250 requests/s, and every source answers. */
export function verdictParts(
  differing: Partial<VerdictParts> = {},
): VerdictParts {
  return {
    target: { cluster: 'dev', namespace: 'betting', scaledObject: 'odds-api' },
    scaledObject: ok(scaledObjectView),
    autoscaler: ok(autoscalerAt(3)),
    workload: ok(workloadAt(3)),
    requestsPerSecond: ok(250),
    now: NOW,
    ...differing,
  };
}
