/**
 * Why services did not scale for other people, in the words of their clusters:
 * each is found at its link, and what mends it is said.
 */
import {
  autoscalerRef,
  EXTERNAL_METRIC_PATH,
  scaledObjectRef,
  SCALING_QUERY,
} from '../testUtils/scalingChain';
import { chainUnderTest, ChainUnderTest } from './__testUtils__/chainUnderTest';
import { mendingStep } from './mendingStep';
import { ownProbesQuery } from './ownProbesQuery';
import { promqlSelectors } from './promqlSelectors';
import { scalingHazards } from './scalingHazards';

const API_SERVICE = {
  apiVersion: 'apiregistration.k8s.io/v1',
  kind: 'APIService',
  name: 'v1beta1.external.metrics.k8s.io',
};

/** What the API server says while it reaches nobody for the API. */
const UNHANDLED = {
  status: 503,
  contentType: 'text/plain',
  text: 'service unavailable\n',
};
const statusOf = (code: number, message: string, reason?: string) => ({
  status: code,
  contentType: 'application/json',
  text: JSON.stringify({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason,
    code,
  }),
});

describe('what keeps services from scaling', () => {
  let chain: ChainUnderTest;
  beforeEach(async () => {
    chain = await chainUnderTest();
  });

  const answer = (raw: typeof UNHANDLED) =>
    chain.client.rawAnswers.set(EXTERNAL_METRIC_PATH, raw);
  const register = (
    service: { namespace: string; name: string },
    available: { status: string; reason: string; message: string },
  ) =>
    chain.client.seed({
      apiVersion: API_SERVICE.apiVersion,
      kind: API_SERVICE.kind,
      metadata: { name: API_SERVICE.name },
      spec: { service },
      status: { conditions: [{ type: 'Available', ...available }] },
    });
  const keda = { namespace: 'keda', name: 'keda-metrics-apiserver' };
  const setConditions = (
    ref: typeof scaledObjectRef,
    conditions: object[],
    status: object = {},
  ) =>
    chain.client.update(ref, object => {
      object.status = { ...(object.status as object), ...status, conditions };
    });
  const setTrigger = (trigger: object, metadata: object = {}) =>
    chain.client.update(scaledObjectRef, object => {
      const spec = object.spec as { triggers: { metadata: object }[] };
      const [first] = spec.triggers;
      object.spec = {
        ...spec,
        triggers: [
          {
            ...first,
            metadata: { ...first.metadata, ...metadata },
            ...trigger,
          },
        ],
      };
    });

  it.each([
    [
      'no pod behind its Service',
      {
        status: 'False',
        reason: 'MissingEndpoints',
        message:
          'endpointslices for service/keda-metrics-apiserver in "keda" have no addresses with port name "https"',
      },
      /start KEDA's metrics server/,
    ],
    [
      'a firewall before port 6443',
      {
        status: 'False',
        reason: 'FailedDiscoveryCheck',
        message:
          'failing or missing response from https://10.0.3.7:6443/apis/external.metrics.k8s.io/v1beta1: Get "https://10.0.3.7:6443/apis/external.metrics.k8s.io/v1beta1": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
      },
      /firewall or NetworkPolicy keeps it from port 6443/,
    ],
    [
      'a certificate that its CA has not signed',
      {
        status: 'False',
        reason: 'FailedDiscoveryCheck',
        message:
          'failing or missing response from https://100.96.3.203:6443/apis/external.metrics.k8s.io/v1beta1: bad status: tls: failed to verify certificate: x509: certificate signed by unknown authority',
      },
      /renew KEDA's certificate/,
    ],
  ])(
    'an external metrics API that the API server does not reach: %s',
    async (_, available, nextStep) => {
      answer(UNHANDLED);
      register(keda, available);
      const broken = await chain.brokenLink();
      expect(broken.link).toBe('externalMetrics');
      expect(broken.reason).toContain(
        `external metric s0-prometheus cannot be read: HTTP 503 (APIService v1beta1.external.metrics.k8s.io: Available is False: ${available.reason}: `,
      );
      expect(broken.nextStep).toMatch(nextStep);
    },
  );

  it('an external metrics API of another adapter, which has no such metric', async () => {
    answer(
      statusOf(
        404,
        'the server could not find the metric s0-prometheus for ',
        'NotFound',
      ),
    );
    register(
      { namespace: 'monitoring', name: 'prometheus-adapter' },
      { status: 'True', reason: 'Passed', message: 'all checks passed' },
    );
    const broken = await chain.brokenLink();
    expect(broken).toMatchObject({
      link: 'externalMetrics',
      reason:
        'external metric s0-prometheus cannot be read: the server could not find the metric s0-prometheus for  (APIService v1beta1.external.metrics.k8s.io belongs to Service monitoring/prometheus-adapter, not to KEDA)',
    });
    expect(broken.nextStep).toMatch(/remove the other, such as prometheus-ad/);
  });

  it('no external metrics API at all', async () => {
    answer({ ...UNHANDLED, status: 404, text: '404 page not found\n' });
    expect(await chain.brokenLink()).toMatchObject({
      link: 'externalMetrics',
      reason:
        'external metric s0-prometheus cannot be read: HTTP 404 (there is no APIService v1beta1.external.metrics.k8s.io)',
      nextStep: 'install KEDA, which registers it',
    });
  });

  it.each([
    [
      'its operator cannot ask Prometheus',
      'rpc error: code = Unknown desc = error when getting metric values metric:s0-prometheus encountered error',
      /kubectl -n keda logs deploy\/keda-operator names the ScaledObject/,
    ],
    [
      'its metrics server does not reach its operator',
      'rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial tcp 10.96.3.4:9666: i/o timeout"',
      /no NetworkPolicy closes port 9666/,
    ],
  ])('KEDA answers with an error: %s', async (_, message, nextStep) => {
    answer(statusOf(500, message));
    register(keda, {
      status: 'True',
      reason: 'Passed',
      message: 'all checks passed',
    });
    const broken = await chain.brokenLink();
    expect(broken.link).toBe('externalMetrics');
    expect(broken.reason).toContain(message);
    expect(broken.nextStep).toMatch(nextStep);
  });

  it('says what it could not see where neither metric nor APIService may be read', async () => {
    answer(statusOf(403, 's0-prometheus is forbidden', 'Forbidden'));
    const { links } = await chain.verify();
    expect(links.find(({ id }) => id === 'externalMetrics')?.detail).toBe(
      'not seen: this account may not read external metrics; what the autoscaler reads comes next',
    );
    chain.client.denied.add('get apiservices');
    answer(UNHANDLED);
    expect(await chain.brokenLink()).toMatchObject({
      reason: 'external metric s0-prometheus cannot be read: HTTP 503',
    });
  });

  it('finds an external metric without a value, and asks by the name that KEDA gave it', async () => {
    setConditions(
      scaledObjectRef,
      [
        { type: 'Ready', status: 'True' },
        { type: 'HPAActive', status: 'True' },
      ],
      { externalMetricNames: ['s1-prometheus'] },
    );
    chain.client.rawAnswers.set(
      EXTERNAL_METRIC_PATH.replace('s0', 's1'),
      statusOf(200, ''),
    );
    expect(await chain.brokenLink()).toMatchObject({
      link: 'externalMetrics',
      reason: expect.stringMatching(
        /^external metric s1-prometheus cannot be read: HTTP 200/,
      ),
    });
    chain.client.rawAnswers.set(EXTERNAL_METRIC_PATH.replace('s0', 's1'), {
      status: 200,
      contentType: 'application/json',
      text: '{"kind":"ExternalMetricValueList","items":[]}',
    });
    expect(await chain.brokenLink()).toMatchObject({
      reason: 'external metric s1-prometheus has no value',
    });
  });

  it('an autoscaler that may not read external metrics', async () => {
    setConditions(autoscalerRef, [
      { type: 'AbleToScale', status: 'True' },
      {
        type: 'ScalingActive',
        status: 'False',
        reason: 'FailedGetExternalMetric',
        message:
          'the HPA was unable to compute the replica count: unable to get external metric betting/s0-prometheus/&LabelSelector{MatchLabels:map[string]string{scaledobject.keda.sh/name: odds,},MatchExpressions:[]LabelSelectorRequirement{},}: unable to fetch metrics from external metrics API: s0-prometheus.external.metrics.k8s.io is forbidden: User "system:serviceaccount:kube-system:horizontal-pod-autoscaler" cannot list resource "s0-prometheus" in API group "external.metrics.k8s.io" in the namespace "betting"',
      },
    ]);
    const broken = await chain.brokenLink();
    expect(broken.link).toBe('autoscaler');
    expect(broken.nextStep).toMatch(
      /bind ClusterRole keda-external-metrics-reader/,
    );
  });

  it('two autoscalers of the same pods', async () => {
    setConditions(autoscalerRef, [
      { type: 'AbleToScale', status: 'True' },
      {
        type: 'ScalingActive',
        status: 'False',
        reason: 'AmbiguousSelector',
        message:
          'pods by selector app=odds are controlled by multiple HPAs: [betting/odds betting/keda-hpa-odds]',
      },
    ]);
    const broken = await chain.brokenLink();
    expect(broken.link).toBe('autoscaler');
    expect(broken.nextStep).toMatch(/delete the other HorizontalPodAutoscaler/);
  });

  it.each([
    [
      'a workload that is not there',
      'ScaledObject doesn\'t have correct scaleTargetRef specification: deployments.apps "odds" not found',
      /apply the workload/,
    ],
    [
      'a trigger without a query',
      'failed to ensure HPA is correctly created for ScaledObject: error parsing prometheus metadata: error parsing prometheus metadata: missing required parameter "query" in [triggerMetadata]',
      /correct the trigger's metadata/,
    ],
    [
      'a fallback without a metricType',
      'at least one trigger (that is not cpu or memory) has to have the `AverageValue` type for the fallback to be enabled',
      /write metricType: AverageValue/,
    ],
  ])('a ScaledObject that KEDA refuses: %s', async (_, message, nextStep) => {
    setConditions(scaledObjectRef, [
      {
        type: 'Ready',
        status: 'False',
        reason: 'ScaledObjectCheckFailed',
        message,
      },
    ]);
    const broken = await chain.brokenLink();
    expect(broken.link).toBe('scaledObject');
    expect(broken.reason).toContain(message);
    expect(broken.nextStep).toMatch(nextStep);
  });

  it('a KEDA that does not run', async () => {
    setConditions(scaledObjectRef, []);
    expect(await chain.brokenLink()).toMatchObject({
      link: 'scaledObject',
      reason: 'ScaledObject betting/odds: KEDA has not seen it yet',
      nextStep:
        'check that KEDA runs and watches this namespace: kubectl -n keda get pods',
    });
  });

  it('a metric by Value, which is a total', async () => {
    setTrigger({ metricType: 'Value' });
    expect(await chain.brokenLink()).toMatchObject({
      link: 'query',
      nextStep: 'add one, with metricType AverageValue',
    });
  });

  it('a window that holds fewer than two scrapes', async () => {
    chain.prometheus.answers.set(SCALING_QUERY, []);
    chain.prometheus.scrapeTargets = ['odds-a', 'odds-b'].map(pod => ({
      labels: { namespace: 'betting', pod, instance: `${pod}:8080` },
      scrapePool: 'p',
      health: 'up',
      lastError: '',
      scrapeIntervalSeconds: 30,
    }));
    expect(await chain.brokenLink()).toMatchObject({
      link: 'query',
      reason: `${SCALING_QUERY} gives no value: its window of 30 s holds fewer than two scrapes, of which there is one each 30 s`,
      nextStep: 'use a window of at least 120 s',
    });
  });

  it('explains an average that looks too small: it is divided by the replicas', async () => {
    chain.client.update(autoscalerRef, object => {
      object.status = {
        ...(object.status as object),
        currentReplicas: 3,
        currentMetrics: [
          {
            type: 'External',
            external: {
              metric: { name: 's0-prometheus' },
              current: { averageValue: '1334m' },
            },
          },
        ],
      };
    });
    const { links } = await chain.verify();
    expect(links.at(-1)?.detail).toBe(
      'keda-hpa-odds: 2 to 10 replicas, target 100 per replica, reads 1.334 per replica at 3 replicas',
    );
  });

  it('knows an admission webhook that is out of reach', () => {
    expect(
      mendingStep(
        'Internal error occurred: failed calling webhook "vscaledobject.kb.io": failed to call webhook: Post "https://keda-admission-webhooks.keda.svc:443/validate-keda-sh-v1alpha1-scaledobject?timeout=10s": context deadline exceeded',
      ),
    ).toMatch(/port 9443/);
    expect(mendingStep('no words that are known')).toBeUndefined();
  });
});

describe('what will keep a service from scaling another day', () => {
  const spec = (changes: object = {}, metadata: object = {}) => ({
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata: { name: 'odds' },
    spec: {
      advanced: {
        horizontalPodAutoscalerConfig: {
          behavior: { scaleDown: { stabilizationWindowSeconds: 120 } },
        },
      },
      triggers: [
        {
          type: 'prometheus',
          metricType: 'AverageValue',
          metadata: {
            query: 'sum(rate(requests_total{namespace="betting"}[1m]))',
            ignoreNullValues: 'false',
            ...metadata,
          },
        },
      ],
      ...changes,
    },
  });

  it('finds nothing in a ScaledObject as the template makes it', () => {
    expect(scalingHazards(spec(), { scrapeIntervalSeconds: 15 })).toEqual([]);
  });

  it.each([
    [
      'an outage that reads as no requests',
      spec({}, { query: 'sum(up{job="odds"})', ignoreNullValues: 'true' }),
      /^a query without a result counts as 0 requests\/s.*set ignoreNullValues: "false"/,
    ],
    [
      'a query that counts the requests of other services',
      spec({}, { query: 'sum(rate(requests_total{code="200"}[2m]))' }),
      /^requests_total\{code="200"\} names neither namespace nor service/,
    ],
    [
      'a window that a missed scrape empties',
      spec({}, { query: 'sum(rate(requests_total{job="odds"}[1m30s]))' }),
      /^the window of requests_total\{job="odds"\} is 90 s at one scrape each 30 s.*at least 120 s$/,
    ],
    [
      'scaling in by all replicas at once',
      spec({ advanced: undefined }, { query: 'sum(up{job="odds"})' }),
      /set policies in .*behavior\.scaleDown$/,
    ],
    [
      'a fallback by a default metricType',
      spec({
        fallback: { failureThreshold: 3, replicas: 4 },
        triggers: [
          {
            type: 'prometheus',
            metadata: { query: 'up{job="odds"}', ignoreNullValues: 'false' },
          },
        ],
      }),
      /^its fallback relies on a default metricType/,
    ],
    [
      'an annotation that KEDA copies',
      {
        ...spec({}, { query: 'sum(up{job="odds"})' }),
        metadata: {
          name: 'odds',
          annotations: {
            'kubectl.kubernetes.io/last-applied-configuration': '{}',
          },
        },
      },
      /^KEDA copies the annotation kubectl/,
    ],
  ])('warns of %s', (_, object, warning) => {
    expect(scalingHazards(object, { scrapeIntervalSeconds: 30 })).toEqual([
      expect.stringMatching(warning),
    ]);
  });

  it("warns of a query that counts the service's own scrapes and probes", async () => {
    const chain = await chainUnderTest();
    const asked = ownProbesQuery(SCALING_QUERY) ?? '';
    chain.prometheus.answers.set(asked, [{ labels: {}, at: 0, value: 9 }]);
    const warned: string[] = [];
    const { warnings } = await chain.verify({
      onWarning: line => warned.push(line),
    });
    expect(warnings).toEqual(warned);
    expect(warnings.at(-1)).toMatch(
      /^the query also counts the service's own scrapes and probes/,
    );
  });

  it('asks for probes by the selector of the query itself', () => {
    expect(ownProbesQuery('sum(rate(a_total[1m]))')).toMatch(
      /^sum\(a_total\{uri=~"[^"]*metrics[^"]*"\}\) > 0 or sum\(a_total\{route=/,
    );
    expect(ownProbesQuery('sum(rate(a_total{job="odds"}[1m]))')).toMatch(
      /^sum\(a_total\{job="odds",uri=~/,
    );
    for (const query of ['a{}', 'a{b="c",}', '{__name__="a"}', 'a{b="}"}']) {
      const asked = ownProbesQuery(query) ?? '';
      expect(promqlSelectors(asked).map(({ labels }) => labels.at(-1))).toEqual(
        ['uri', 'route', 'path', 'handler', 'endpoint', 'url'],
      );
    }
    expect(ownProbesQuery('vector(1)')).toBeUndefined();
  });

  it.each([
    ['vector(1)', []],
    [
      'sum(rate(a{job="x"}[1m30s])) / sum(b)',
      [
        { text: 'a{job="x"}', labels: ['job'], windowSeconds: 90 },
        { text: 'b', labels: [] },
      ],
    ],
    ['a{x="1"}[5m:1m]', [{ text: 'a{x="1"}', labels: ['x'] }]],
  ])('reads the selectors of %s', (query, selectors) => {
    expect(promqlSelectors(query)).toEqual(selectors);
  });
});
