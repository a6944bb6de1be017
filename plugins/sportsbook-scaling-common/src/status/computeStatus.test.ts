import { fixtureStates, readFixture } from '../__testUtils__/fixtures';
import { object } from '../__testUtils__/object';
import { UnreadableObjectError } from '../errors/UnreadableObjectError';
import { computeStatus } from './computeStatus';
import { ObjectStatus } from './objectStatus';

const AWAITS_METRIC: ObjectStatus = {
  status: 'inProgress',
  message: 'waiting for the autoscaler to read its metric',
};
const SCALES: ObjectStatus = {
  status: 'current',
  message: 'Scaling on its triggers',
};
const FALLS_BACK: ObjectStatus = {
  status: 'inProgress',
  message:
    'Fallback is True: FallbackExists: At least one trigger is falling back on this scaled object',
};
const TRIGGER_FAILS: ObjectStatus = {
  status: 'inProgress',
  message:
    'Ready is False: TriggerError: Triggers defined in ScaledObject are not working correctly; ' +
    'HPAActive is False: FailedGetExternalMetric: HPA is not actively scaling: the HPA was unable to compute the replica count: ' +
    'unable to get external metric rev-r/s0-prometheus: unable to fetch metrics from external metrics API: ' +
    'rpc error: code = Unknown desc = error when getting metric values metric:s0-prometheus encountered error',
};
const NO_TARGET: ObjectStatus = {
  status: 'inProgress',
  message:
    'Ready is False: ScaledObjectCheckFailed: ScaledObject doesn\'t have correct scaleTargetRef specification: deployments.apps "st-missing" not found',
};

const SCALED_OBJECTS: Record<string, ObjectStatus> = {
  'empty-query-default': SCALES,
  'empty-query-strict-fallback': FALLS_BACK,
  'empty-query-strict-no-fallback': TRIGGER_FAILS,
  fresh: AWAITS_METRIC,
  'fresh-settled': SCALES,
  'kill-before': SCALES,
  'min-zero-idle': { status: 'current', message: 'Idle at 0 replicas' },
  'missing-query': {
    status: 'failed',
    message:
      'Ready is False: ScaledObjectCheckFailed: failed to ensure HPA is correctly created for ScaledObject: error parsing prometheus metadata: error parsing prometheus metadata: missing required parameter "query" in [triggerMetadata]',
  },
  paused: {
    status: 'current',
    message: 'Paused by annotation: nothing is scaled',
  },
  'paused-replicas': {
    status: 'current',
    message: 'Paused by annotation at 3 replicas: nothing is scaled',
  },
  'paused-scale-in': {
    status: 'current',
    message: 'Scaling in is paused by annotation',
  },
  'paused-scale-out': {
    status: 'current',
    message: 'Scaling out is paused by annotation',
  },
  'prometheus-down-fallback': FALLS_BACK,
  'prometheus-down-fallback-ifhigher': FALLS_BACK,
  'prometheus-down-ignorenull-default': TRIGGER_FAILS,
  'prometheus-down-no-fallback': TRIGGER_FAILS,
  'target-missing': NO_TARGET,
  'target-missing-settled': NO_TARGET,
  'target-missing-recovered': AWAITS_METRIC,
};

const AT_MINIMUM: ObjectStatus = {
  status: 'current',
  message: 'Scaling, limited: TooFewReplicas',
};
const ON_METRICS: ObjectStatus = {
  status: 'current',
  message: 'Scaling on its metrics',
};
const NO_METRIC: ObjectStatus = {
  status: 'inProgress',
  message:
    'ScalingActive is False: FailedGetExternalMetric: the HPA was unable to compute the replica count: ' +
    'unable to get external metric rev-r/s0-prometheus: unable to fetch metrics from external metrics API: ' +
    'rpc error: code = Unknown desc = error when getting metric values metric:s0-prometheus encountered error',
};

const AUTOSCALERS: Record<string, ObjectStatus> = {
  'empty-query-default': AT_MINIMUM,
  'empty-query-strict-fallback': ON_METRICS,
  'empty-query-strict-no-fallback': NO_METRIC,
  fresh: AT_MINIMUM,
  'fresh-settled': AT_MINIMUM,
  'kill-before': AT_MINIMUM,
  'min-zero-idle': {
    status: 'current',
    message:
      'ScalingActive is False: ScalingDisabled: scaling is disabled since the replica count of the target is zero',
  },
  'paused-scale-in': AT_MINIMUM,
  'paused-scale-out': AT_MINIMUM,
  'prometheus-down-fallback': ON_METRICS,
  'prometheus-down-fallback-ifhigher': ON_METRICS,
  'prometheus-down-ignorenull-default': NO_METRIC,
  'prometheus-down-no-fallback': NO_METRIC,
  'target-missing-recovered': AT_MINIMUM,
};

const OBJECTS: Record<string, ObjectStatus> = {
  'apiservice-external-metrics-available': {
    status: 'current',
    message: 'Available',
  },
  'apiservice-keda-unavailable': {
    status: 'inProgress',
    message:
      'Available is False: MissingEndpoints: endpointslices for service/keda-metrics-apiserver in "keda" have no addresses with port name "https"',
  },
  'deploy-sb-api': { status: 'current', message: 'Available 2/2' },
  'namespace-terminating-so-finalizer': {
    status: 'terminating',
    message:
      'being deleted since 2026-11-23T23:32:48Z, held by ' +
      'NamespaceDeletionDiscoveryFailure is True: DiscoveryFailed: Discovery failed for some groups, 1 failing: unable to retrieve the complete list of server APIs: external.metrics.k8s.io/v1beta1: stale GroupVersion discovery: external.metrics.k8s.io/v1beta1; ' +
      'NamespaceContentRemaining is True: SomeResourcesRemain: Some resources are remaining: scaledobjects.keda.sh has 1 resource instances; ' +
      'NamespaceFinalizersRemaining is True: SomeFinalizersRemain: Some content in the namespace has finalizers remaining: finalizer.keda.sh in 1 resource instances',
  },
  'namespace-terminating-discovery-failure': {
    status: 'terminating',
    message:
      'being deleted since 2026-11-23T23:32:48Z, held by ' +
      'NamespaceDeletionDiscoveryFailure is True: DiscoveryFailed: Discovery failed for some groups, 1 failing: unable to retrieve the complete list of server APIs: external.metrics.k8s.io/v1beta1: stale GroupVersion discovery: external.metrics.k8s.io/v1beta1',
  },
  'prometheus-prometheus': { status: 'current', message: 'Available 1/1' },
  'prometheus-blocked-by-psa': {
    status: 'inProgress',
    message: 'Available 0/1: Available is False: NoPodReady',
  },
  'prometheus-reconcile-failed': {
    status: 'inProgress',
    message:
      'Reconciled is False: ReconciliationFailed: failed to get custom governing service rev-x/custom: services "custom" not found',
  },
  'scaledobject-terminating-finalizer': {
    status: 'terminating',
    message:
      'being deleted since 2026-11-23T23:32:54Z, held by finalizers finalizer.keda.sh',
  },
  'servicemonitor-sb-api': { status: 'current', message: 'exists' },
  'statefulset-blocked-by-psa': { status: 'inProgress', message: 'Ready 0/1' },
  'svc-sb-api': { status: 'current', message: 'NodePort' },
};

describe('computeStatus', () => {
  it('has an expectation for every recorded state', () => {
    expect(Object.keys(SCALED_OBJECTS).sort()).toEqual(
      fixtureStates('scaledobject'),
    );
    expect(Object.keys(AUTOSCALERS).sort()).toEqual(fixtureStates('hpa'));
  });

  it.each(Object.entries(SCALED_OBJECTS))(
    'judges the ScaledObject in the state %s',
    (state, expected) => {
      expect(
        computeStatus(readFixture(`states/${state}.scaledobject.json`)),
      ).toEqual(expected);
    },
  );

  it.each(Object.entries(AUTOSCALERS))(
    'judges the HorizontalPodAutoscaler in the state %s',
    (state, expected) => {
      expect(computeStatus(readFixture(`states/${state}.hpa.json`))).toEqual(
        expected,
      );
    },
  );

  it.each(Object.entries(OBJECTS))(
    'judges the recorded object %s',
    (name, expected) => {
      expect(computeStatus(readFixture(`objects/${name}.json`))).toEqual(
        expected,
      );
    },
  );

  it('looks at the generation before it believes any condition', () => {
    expect(
      computeStatus(
        object('example.org/v1', 'Widget', {
          status: {
            observedGeneration: 1,
            conditions: [{ type: 'Ready', status: 'True' }],
          },
        }),
      ),
    ).toEqual({
      status: 'inProgress',
      message: 'its controller has seen generation 1 of 2',
    });
  });

  it('goes by the group, not by its version or by the kind alone', () => {
    const status = { conditions: [] };
    expect(
      computeStatus(object('keda.sh/v2', 'ScaledObject', { status })).message,
    ).toBe('KEDA has not seen it yet');
    expect(
      computeStatus(object('example.org/v1', 'ScaledObject', { status })),
    ).toEqual({ status: 'current', message: 'exists' });
  });

  it('takes what has no status at all as current by existing', () => {
    expect(computeStatus(object('v1', 'ConfigMap'))).toEqual({
      status: 'current',
      message: 'exists',
    });
  });

  it.each<[string, unknown[], ObjectStatus]>([
    [
      'Ready is False',
      [
        {
          type: 'Ready',
          status: 'False',
          reason: 'Issuing',
          message: 'waiting for the issuer',
        },
      ],
      {
        status: 'inProgress',
        message: 'Ready is False: Issuing: waiting for the issuer',
      },
    ],
    [
      'Reconciling is True',
      [
        { type: 'Ready', status: 'True' },
        { type: 'Reconciling', status: 'True', reason: 'Progressing' },
      ],
      { status: 'inProgress', message: 'Reconciling is True: Progressing' },
    ],
    [
      'Stalled is True',
      [
        { type: 'Ready', status: 'True' },
        { type: 'Stalled', status: 'True', reason: 'BadSpec' },
      ],
      { status: 'failed', message: 'Stalled is True: BadSpec' },
    ],
    [
      'Ready is True',
      [{ type: 'Ready', status: 'True' }],
      { status: 'current', message: 'Ready' },
    ],
  ])(
    'goes by the conditions of an unknown kind: %s',
    (_, conditions, expected) => {
      expect(
        computeStatus(
          object('example.org/v1', 'Widget', { status: { conditions } }),
        ),
      ).toEqual(expected);
    },
  );

  it('refuses to judge fields of another type than the API promises', () => {
    const broken = object('apps/v1', 'Deployment', {
      spec: { replicas: 'two' },
      status: { observedGeneration: 2 },
    });
    expect(() => computeStatus(broken)).toThrow(UnreadableObjectError);
    expect(() => computeStatus(broken)).toThrow(
      "Deployment betting/odds-api (apps/v1) cannot be read: spec.replicas: Expected number, received string; check that the cluster's version of this API is supported",
    );
  });
});
