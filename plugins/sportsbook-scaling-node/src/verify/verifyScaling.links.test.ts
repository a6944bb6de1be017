import {
  autoscalerRef,
  refIn,
  scaledObjectRef,
  SCALING_QUERY,
  up,
  UP_QUERY,
} from '../testUtils/scalingChain';
import {
  PrometheusCredentialsError,
  PrometheusUnreachableError,
} from '../errors';
import { chainUnderTest, ChainUnderTest } from './__testUtils__/chainUnderTest';

describe('the links that verifyScaling looks at', () => {
  let chain: ChainUnderTest;
  beforeEach(async () => {
    chain = await chainUnderTest();
  });

  it('counts fewer pods than the minimum as not ready', async () => {
    chain.client.remove(refIn('v1', 'Pod', 'odds-b'));
    expect((await chain.brokenLink()).reason).toBe('1 of 2 pods ready');
  });

  it('finds a pod that its Service does not reach', async () => {
    chain.client.update(
      refIn('discovery.k8s.io/v1', 'EndpointSlice', 'odds-1'),
      slice => {
        const [first, second] = slice.endpoints as object[];
        slice.endpoints = [first, { ...second, conditions: { ready: false } }];
      },
    );
    expect(await chain.brokenLink()).toMatchObject({
      link: 'endpoints',
      reason: 'Service odds has no ready endpoint for odds-b',
    });
  });

  it('finds that no Service selects the pods', async () => {
    chain.client.update(refIn('v1', 'Service', 'odds'), service => {
      service.spec = { selector: { app: 'other' }, ports: [] };
    });
    expect(await chain.brokenLink()).toMatchObject({ link: 'endpoints' });
  });

  it('finds a Prometheus that does not answer', async () => {
    chain.prometheus.answers.set(
      'vector(1)',
      new PrometheusUnreachableError('no endpoints.'),
    );
    const broken = await chain.brokenLink();
    expect(broken).toMatchObject({
      link: 'prometheus',
      reason:
        "the trigger's server http://prometheus-odds.betting.svc:9090 does not answer: no endpoints.",
    });
    expect(broken.message).toContain('no endpoints. Next step: check that');
  });

  it('goes by what KEDA reads of a server that lets nobody else in', async () => {
    chain.prometheus.answers.set(
      'vector(1)',
      new PrometheusCredentialsError('HTTP 401'),
    );
    expect(await chain.brokenLink()).toMatchObject({ link: 'prometheus' });
    chain.client.update(scaledObjectRef, object => {
      const spec = object.spec as { triggers: object[] };
      spec.triggers = spec.triggers.map(trigger => ({
        ...trigger,
        authenticationRef: { name: 'reader' },
      }));
    });
    const report = await chain.verify();
    expect(
      report.links.slice(2, 5).map(({ id, detail }) => [id, detail]),
    ).toEqual([
      [
        'prometheus',
        'http://prometheus-odds.betting.svc:9090 answers those with credentials, which KEDA has (TriggerAuthentication reader) and Backstage has not',
      ],
      ['targets', 'not seen: the server answers KEDA alone'],
      ['query', 'not seen: the server answers KEDA alone'],
    ]);
    // What KEDA reads there, it tells the autoscaler.
    expect(report.requestsPerSecond).toBe(12.34);
  });

  it.each([
    [
      'prometheus query api returned error. status: 401',
      'the server answers, and refuses what KEDA proves itself with',
    ],
    [
      'Get "http://nobody.betting.svc:9091/api/v1/query": dial tcp: lookup nobody.betting.svc on 10.96.0.10:53: no such host',
      "let KEDA reach the trigger's serverAddress",
    ],
    [
      'Get "https://guarded.betting.svc:9443/api/v1/query": tls: failed to verify certificate: x509: certificate signed by unknown authority',
      'KEDA and the server do not trust each other',
    ],
  ])('tells by the event why KEDA reads nothing: %s', async (message, step) => {
    chain.client.update(scaledObjectRef, object => {
      object.status = {
        ...(object.status as object),
        conditions: [
          { type: 'Ready', status: 'True', reason: 'ScaledObjectReady' },
          {
            type: 'HPAActive',
            status: 'False',
            reason: 'FailedGetExternalMetric',
            message:
              'error when getting metric values metric:s0-prometheus encountered error',
          },
        ],
      };
    });
    const { metadata } = (await chain.client.get(scaledObjectRef))!;
    // As KEDA 2.20 writes them, and as older versions did.
    const tell = (name: string, time: object, text: string) =>
      chain.client.seed({
        apiVersion: 'v1',
        kind: 'Event',
        metadata: { name, namespace: metadata.namespace },
        involvedObject: { kind: 'ScaledObject', uid: metadata.uid },
        type: 'Warning',
        reason: 'KEDAScalerFailed',
        message: text,
        ...time,
      });
    tell('first', { lastTimestamp: '2026-07-01T12:00:00Z' }, 'said at first');
    tell(
      'now',
      { eventTime: '2026-07-01T12:00:30.426951Z', lastTimestamp: null },
      message,
    );
    tell(
      'then',
      { eventTime: '2026-07-01T12:00:10.000001Z', lastTimestamp: null },
      'said then',
    );
    const broken = await chain.brokenLink();
    expect(broken).toMatchObject({
      link: 'scaledObject',
      reason: expect.stringMatching(/encountered error; KEDA says: /),
      nextStep: expect.stringContaining(step),
    });
    expect(broken.reason).toContain(message);
  });

  it('finds a pod that is not scraped', async () => {
    chain.prometheus.answers.set(UP_QUERY, [up('odds-a')]);
    expect(await chain.brokenLink()).toMatchObject({
      link: 'targets',
      reason:
        'http://prometheus-odds.betting.svc:9090 does not scrape odds-b (a new monitor takes up to 75 s)',
    });
  });

  it('tells why a target is down', async () => {
    chain.prometheus.answers.set(UP_QUERY, [up('odds-a'), up('odds-b', 0)]);
    chain.prometheus.scrapeTargets = [
      {
        labels: { pod: 'odds-b', instance: 'odds-b:8080' },
        scrapePool: 'p',
        health: 'down',
        lastError: 'connection refused',
      },
    ];
    expect((await chain.brokenLink()).reason).toBe(
      'the target of pod odds-b is down: connection refused',
    );
  });

  it('finds two monitors that count each request twice', async () => {
    chain.prometheus.answers.set(UP_QUERY, [
      up('odds-a'),
      up('odds-b'),
      up('odds-a', 1, { job: 'second' }),
    ]);
    expect(await chain.brokenLink()).toMatchObject({
      link: 'targets',
      reason:
        'pod odds-a is scraped 2 times (jobs odds, second), so that each request may count as often',
    });
  });

  it('finds two monitors whose series are the same', async () => {
    chain.prometheus.scrapeTargets = ['odds', 'twin'].map(monitor => ({
      labels: {
        namespace: 'betting',
        pod: 'odds-a',
        instance: 'odds-a:8080',
        job: 'odds',
      },
      scrapePool: `serviceMonitor/betting/${monitor}/0`,
      health: 'up',
      lastError: '',
    }));
    expect(await chain.brokenLink()).toMatchObject({
      link: 'targets',
      reason:
        'pod odds-a is scraped at odds-a:8080 by serviceMonitor/betting/odds/0 and serviceMonitor/betting/twin/0 into the same series, so that its rate cannot be trusted',
    });
  });

  it('says where a server lists no targets to tell monitors apart by', async () => {
    chain.prometheus.targets = async () => {
      throw new PrometheusUnreachableError('404');
    };
    const { links } = await chain.verify();
    expect(links.find(({ id }) => id === 'targets')?.detail).toBe(
      '2 targets up; this server lists no targets, so that two monitors with the same labels would go unseen',
    );
  });

  it('lets a second port of a pod be scraped', async () => {
    chain.prometheus.answers.set(UP_QUERY, [
      up('odds-a'),
      up('odds-b'),
      up('odds-a', 1, { instance: 'odds-a:9091', job: 'sidecar' }),
    ]);
    expect((await chain.verify()).links).toHaveLength(8);
  });

  it.each([
    [[], 'gives no value'],
    [[up('a'), up('b')], 'gives 2 values, and KEDA refuses more than one'],
    [[{ labels: {}, at: 0, value: NaN }], 'gives NaN'],
  ])(
    'refuses a query that does not give one number (%#)',
    async (samples, reason) => {
      chain.prometheus.answers.set(SCALING_QUERY, samples);
      expect(await chain.brokenLink()).toMatchObject({
        link: 'query',
        reason: `${SCALING_QUERY} ${reason}`,
      });
    },
  );

  it('does not take Ready for scaling', async () => {
    chain.client.update(scaledObjectRef, object => {
      object.status = {
        hpaName: 'keda-hpa-odds',
        conditions: [{ type: 'Ready', status: 'True' }],
      };
    });
    expect(await chain.brokenLink()).toMatchObject({
      link: 'scaledObject',
      reason:
        'ScaledObject betting/odds: waiting for the autoscaler to read its metric',
    });
  });

  it('does not take a paused ScaledObject for scaling', async () => {
    chain.client.update(scaledObjectRef, object => {
      object.metadata.annotations = { 'autoscaling.keda.sh/paused': 'true' };
    });
    expect(await chain.brokenLink({ timeoutSeconds: 60 })).toMatchObject({
      link: 'scaledObject',
      reason: 'ScaledObject betting/odds is paused by its annotation',
    });
  });

  it('finds an autoscaler that is not what the ScaledObject says', async () => {
    chain.client.update(autoscalerRef, object => {
      object.spec = { ...(object.spec as object), maxReplicas: 4 };
    });
    expect(await chain.brokenLink()).toMatchObject({
      link: 'autoscaler',
      reason:
        'HorizontalPodAutoscaler keda-hpa-odds has maximum 4 instead of 10',
    });
  });

  it('finds an autoscaler that cannot read its metric', async () => {
    chain.client.update(autoscalerRef, object => {
      object.status = {
        conditions: [
          { type: 'AbleToScale', status: 'True' },
          {
            type: 'ScalingActive',
            status: 'False',
            reason: 'FailedGetExternalMetric',
            message: 'no metrics returned',
          },
        ],
      };
    });
    const { link, reason } = await chain.brokenLink();
    expect(link).toBe('autoscaler');
    expect(reason).toContain('FailedGetExternalMetric');
  });
});
