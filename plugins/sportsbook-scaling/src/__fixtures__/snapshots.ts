import type {
  ScalingEvent,
  ScalingSnapshot,
  Sourced,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { historyOf, OBSERVED_AT, ramp, ripple } from './histories';

function ok<T>(value: T): Sourced<T> {
  return { status: 'ok', value, observedAt: OBSERVED_AT };
}

const minutesAgo = (minutes: number) => OBSERVED_AT - minutes * 60;

const rolledOut: ScalingEvent = {
  at: minutesAgo(22),
  kind: 'rollout',
  message: 'of version 1.2.0.',
  reason: 'ScalingReplicaSet',
};
const scaledOut: ScalingEvent = {
  at: minutesAgo(8),
  kind: 'scaledOut',
  from: 2,
  to: 3,
  message: 'above the threshold (125 of 100).',
  reason: 'SuccessfulRescale',
};

/** 250 requests/s on three replicas, as in the walk-through. */
export const underLoad: ScalingSnapshot = {
  target: {
    cluster: 'prod-eu',
    namespace: 'betting',
    scaledObject: 'odds-api',
  },
  observedAt: OBSERVED_AT,
  scaledObject: ok({
    name: 'odds-api',
    scaleTarget: { kind: 'Deployment', name: 'odds-api' },
    minReplicas: 2,
    maxReplicas: 10,
    trigger: {
      query:
        'sum(rate(http_server_requests_seconds_count{namespace="betting",service="odds-api",job="odds-api",uri="/api"}[30s]))',
      requestsPerSecondPerReplica: 100,
      serverAddress: 'http://prometheus-odds-api.betting.svc:9090',
    },
    conditions: [{ type: 'Ready', status: 'True' }],
    paused: undefined,
    fallback: { replicas: 4, failureThreshold: 3, active: false },
    hpaName: 'keda-hpa-odds-api',
  }),
  autoscaler: ok({
    name: 'keda-hpa-odds-api',
    currentReplicas: 3,
    desiredReplicas: 3,
    minReplicas: 2,
    maxReplicas: 10,
    averageRequestsPerSecond: 83.334,
    toleranceUp: 0.1,
    toleranceDown: 0.1,
    conditions: [{ type: 'ScalingActive', status: 'True' }],
    lastScaleAt: minutesAgo(8),
  }),
  workload: ok({
    kind: 'Deployment',
    name: 'odds-api',
    desiredReplicas: 3,
    readyReplicas: 3,
    updatedReplicas: 3,
  }),
  requestsPerSecond: ok(250.0024),
  history: ok(
    historyOf(
      seconds =>
        ramp(seconds, { from: 24, to: 250, start: 1240, end: 1330 }) +
        ripple(seconds, 6),
      seconds => (seconds < 1320 ? 2 : 3),
    ),
  ),
  events: ok([scaledOut, rolledOut]),
  levels: {
    scaleOutAboveRequestsPerSecond: 330,
    scaleOutTo: 4,
    scaleInAtRequestsPerSecond: 200,
    scaleInTo: 2,
  },
  verdict: {
    state: 'holding',
    sentence:
      'Holding at 3. The next replica comes above 330 requests/s, one goes at 200.',
  },
};

/** The same on the cluster that Backstage brings itself. */
export const onEmbeddedCluster: ScalingSnapshot = {
  ...underLoad,
  target: { ...underLoad.target, cluster: 'embedded' },
  embedded: true,
};

/** The third replica was asked for and does not serve yet. */
export const scalingOut: ScalingSnapshot = {
  ...underLoad,
  autoscaler: ok({
    name: 'keda-hpa-odds-api',
    currentReplicas: 2,
    desiredReplicas: 3,
    minReplicas: 2,
    maxReplicas: 10,
    averageRequestsPerSecond: 124.8,
    toleranceUp: 0.1,
    toleranceDown: 0.1,
    conditions: [],
  }),
  workload: ok({
    kind: 'Deployment',
    name: 'odds-api',
    desiredReplicas: 3,
    readyReplicas: 2,
    updatedReplicas: 3,
  }),
  requestsPerSecond: ok(249.6),
  history: ok(
    historyOf(
      seconds =>
        ramp(seconds, { from: 24, to: 250, start: 1710, end: 1800 }) +
        ripple(seconds, 4),
      () => 2,
    ),
  ),
  events: ok([{ ...scaledOut, at: OBSERVED_AT - 3 }, rolledOut]),
  levels: {
    scaleOutAboveRequestsPerSecond: 330,
    scaleOutTo: 4,
    scaleInAtRequestsPerSecond: 200,
    scaleInTo: 2,
  },
  verdict: {
    state: 'scalingOut',
    sentence:
      'Going from 2 to 3 replicas: 125 of 100 requests/s per replica is above the tolerated 110.',
  },
};

/** More load than the maximum can take. */
export const atMaximum: ScalingSnapshot = {
  ...underLoad,
  autoscaler: ok({
    name: 'keda-hpa-odds-api',
    currentReplicas: 10,
    desiredReplicas: 10,
    minReplicas: 2,
    maxReplicas: 10,
    averageRequestsPerSecond: 124,
    toleranceUp: 0.1,
    toleranceDown: 0.1,
    conditions: [
      { type: 'ScalingLimited', status: 'True', reason: 'TooManyReplicas' },
    ],
  }),
  workload: ok({
    kind: 'Deployment',
    name: 'odds-api',
    desiredReplicas: 10,
    readyReplicas: 10,
    updatedReplicas: 10,
  }),
  requestsPerSecond: ok(1240),
  history: ok(
    historyOf(
      seconds =>
        ramp(seconds, { from: 180, to: 1240, start: 500, end: 1200 }) +
        ripple(seconds, 18),
      seconds => {
        if (seconds < 600) {
          return 2;
        }
        if (seconds < 780) {
          return 4;
        }
        return seconds < 930 ? 8 : 10;
      },
    ),
  ),
  events: ok([
    {
      at: OBSERVED_AT - 870,
      kind: 'scaledOut',
      from: 8,
      to: 10,
      message: 'above the threshold (131 of 100).',
      reason: 'SuccessfulRescale',
    },
    {
      at: OBSERVED_AT - 1020,
      kind: 'scaledOut',
      from: 4,
      to: 8,
      message: 'above the threshold (152 of 100).',
      reason: 'SuccessfulRescale',
    },
    {
      at: OBSERVED_AT - 1200,
      kind: 'scaledOut',
      from: 2,
      to: 4,
      message: 'above the threshold (165 of 100).',
      reason: 'SuccessfulRescale',
    },
    { ...rolledOut, at: OBSERVED_AT - 1700 },
    {
      at: OBSERVED_AT - 3 * 3600,
      kind: 'scaledIn',
      from: 3,
      to: 2,
      message: 'below the threshold for 60 s.',
      reason: 'SuccessfulRescale',
    },
  ]),
  levels: { scaleInAtRequestsPerSecond: 900, scaleInTo: 9 },
  verdict: {
    state: 'atMaximum',
    sentence: 'At the maximum of 10: 1,240 requests/s would need 13.',
    nextStep: 'Raise maxReplicas if this load is expected to stay.',
  },
};

/** Prometheus is gone; the cluster still says how many replicas there are. */
export const prometheusDown: ScalingSnapshot = {
  ...underLoad,
  scaledObject: ok({
    name: 'odds-api',
    scaleTarget: { kind: 'Deployment', name: 'odds-api' },
    minReplicas: 2,
    maxReplicas: 10,
    trigger: {
      query: 'sum(rate(http_server_requests_seconds_count[30s]))',
      requestsPerSecondPerReplica: 100,
      serverAddress: 'http://prometheus-odds-api.betting.svc:9090',
    },
    conditions: [{ type: 'Fallback', status: 'True' }],
    paused: undefined,
    fallback: { replicas: 4, failureThreshold: 3, active: true },
    hpaName: 'keda-hpa-odds-api',
  }),
  autoscaler: ok({
    name: 'keda-hpa-odds-api',
    currentReplicas: 4,
    desiredReplicas: 4,
    minReplicas: 2,
    maxReplicas: 10,
    toleranceUp: 0.1,
    toleranceDown: 0.1,
    conditions: [],
  }),
  workload: ok({
    kind: 'Deployment',
    name: 'odds-api',
    desiredReplicas: 4,
    readyReplicas: 4,
    updatedReplicas: 4,
  }),
  requestsPerSecond: {
    status: 'unreachable',
    message:
      'http://prometheus-odds-api.betting.svc:9090 did not answer within 5 s.',
    since: minutesAgo(2),
  },
  history: {
    status: 'unreachable',
    message:
      'http://prometheus-odds-api.betting.svc:9090 did not answer within 5 s.',
    since: minutesAgo(2),
  },
  events: ok([
    {
      at: minutesAgo(1),
      kind: 'fallback',
      to: 4,
      message: 'because the trigger failed three times.',
      reason: 'ScaledObjectFallbackActivated',
    },
    rolledOut,
  ]),
  levels: {},
  verdict: {
    state: 'fallback',
    sentence:
      'On fallback: Prometheus has not answered since 21:02; 4 replicas are held.',
    nextStep: 'Check that the pod prometheus-odds-api-0 runs.',
  },
};

/** Paused, with an interruption of the scrapes in the window. */
export const pausedWithGap: ScalingSnapshot = {
  ...underLoad,
  requestsPerSecond: ok(400),
  autoscaler: {
    status: 'stale',
    observedAt: minutesAgo(4),
    failure: 'failed',
    message: 'The API server answered 500: etcdserver: request timed out.',
    value: {
      name: 'keda-hpa-odds-api',
      currentReplicas: 3,
      desiredReplicas: 3,
      minReplicas: 2,
      maxReplicas: 10,
      averageRequestsPerSecond: 133,
      toleranceUp: 0.1,
      toleranceDown: 0,
      conditions: [],
    },
  },
  history: ok(
    historyOf(
      seconds =>
        seconds > 700 && seconds < 1000
          ? undefined
          : ramp(seconds, { from: 60, to: 400, start: 900, end: 1500 }) +
            ripple(seconds, 7),
      seconds => (seconds > 700 && seconds < 1000 ? undefined : 3),
    ),
  ),
  events: {
    status: 'forbidden',
    message: 'The account may not list events in namespace betting.',
    since: minutesAgo(30),
  },
  verdict: {
    state: 'paused',
    sentence:
      'Paused since 20:15 by the annotation; 400 requests/s would need 4.',
    nextStep: 'Remove the annotation autoscaling.keda.sh/paused to resume.',
  },
};

/** Created a moment ago: nothing measured, nothing happened. */
export const justCreated: ScalingSnapshot = {
  ...underLoad,
  requestsPerSecond: ok(0),
  autoscaler: {
    status: 'absent',
    message: 'KEDA has not made it yet.',
    since: OBSERVED_AT - 12,
  },
  workload: ok({
    kind: 'Deployment',
    name: 'odds-api',
    desiredReplicas: 2,
    readyReplicas: 1,
    updatedReplicas: 2,
  }),
  history: ok(
    historyOf(
      () => undefined,
      () => undefined,
    ),
  ),
  events: ok([]),
  levels: {},
  verdict: {
    state: 'starting',
    sentence: 'Starting: KEDA has not made the autoscaler yet.',
  },
};

/** The service runs, its ScaledObject is not there. */
export const withoutScaledObject: ScalingSnapshot = {
  ...underLoad,
  scaledObject: {
    status: 'absent',
    message: 'ScaledObject betting/odds-api does not exist.',
    since: OBSERVED_AT,
  },
  autoscaler: {
    status: 'absent',
    message: 'There is no ScaledObject.',
    since: OBSERVED_AT,
  },
  verdict: { state: 'unknown', sentence: 'There is no ScaledObject.' },
};

/** The cluster has no KEDA. */
export const withoutKeda: ScalingSnapshot = {
  ...withoutScaledObject,
  scaledObject: {
    status: 'notInstalled',
    message: 'The API keda.sh/v1alpha1 is not served.',
    since: OBSERVED_AT,
  },
};

/** A range too wide for squares, and rates of very different size. */
export const wideRange: ScalingSnapshot = {
  ...underLoad,
  scaledObject: ok({
    name: 'odds-api',
    scaleTarget: { kind: 'Deployment', name: 'odds-api' },
    minReplicas: 20,
    maxReplicas: 400,
    trigger: {
      query: 'sum(rate(http_server_requests_seconds_count[30s]))',
      requestsPerSecondPerReplica: 2500,
      serverAddress: 'http://prometheus.monitoring.svc:9090',
    },
    conditions: [],
    paused: undefined,
    fallback: undefined,
  }),
  autoscaler: ok({
    name: 'keda-hpa-odds-api',
    currentReplicas: 137,
    desiredReplicas: 131,
    minReplicas: 20,
    maxReplicas: 400,
    averageRequestsPerSecond: 2361.7,
    toleranceUp: 0.1,
    toleranceDown: 0.05,
    conditions: [],
  }),
  workload: ok({
    kind: 'Deployment',
    name: 'odds-api',
    desiredReplicas: 131,
    readyReplicas: 137,
    updatedReplicas: 131,
  }),
  requestsPerSecond: ok(323_551.4),
  history: ok(
    historyOf(
      seconds =>
        340_000 +
        ripple(seconds, 22_000) -
        ramp(seconds, { from: 0, to: 16_000, start: 900, end: 1800 }),
      seconds => Math.round(137 + ripple(seconds - 60, 8)),
    ),
  ),
  levels: {
    scaleOutAboveRequestsPerSecond: 376_750,
    scaleInAtRequestsPerSecond: 325_375,
  },
  verdict: {
    state: 'scalingIn',
    sentence: 'Going from 137 to 131 replicas.',
  },
};
