import { FakeCluster } from '../testUtils/FakeCluster';
import { FakePrometheus } from '../testUtils/FakePrometheus';
import {
  autoscalerRef,
  refIn,
  scaledObjectRef,
  scalingChain,
  SCALING_QUERY,
  up,
  UP_QUERY,
} from '../testUtils/scalingChain';
import { PrometheusAddressError, PrometheusUnreachableError } from '../errors';
import { ScalingChainBrokenError } from '../errors/ScalingChainBrokenError';
import { ScalingLinkId } from './ScalingLink';
import { verifyScaling } from './verifyScaling';

describe('verifyScaling', () => {
  let client: FakeCluster;
  let prometheus: FakePrometheus;
  const verify = (options: Partial<Parameters<typeof verifyScaling>[0]> = {}) =>
    verifyScaling({
      client,
      openPrometheus: () => prometheus,
      target: { namespace: 'betting', scaledObject: 'odds' },
      timeoutSeconds: 0,
      ...options,
    });

  async function brokenLink(
    options: Partial<Parameters<typeof verifyScaling>[0]> = {},
  ): Promise<{ link: ScalingLinkId; reason: string; message: string }> {
    const error = await verify(options).then(
      () => undefined,
      reason => reason,
    );
    expect(error).toBeInstanceOf(ScalingChainBrokenError);
    return error;
  }

  beforeEach(async () => {
    ({ client, prometheus } = await scalingChain());
  });

  it('reports every link that holds, with what was seen', async () => {
    const steps: string[] = [];
    const report = await verify({ onStep: line => steps.push(line) });
    expect(report.links.map(({ id, detail }) => [id, detail])).toEqual([
      ['pods', '2 of 2 pods ready'],
      ['endpoints', 'Service odds has 2 ready endpoints'],
      ['prometheus', 'http://prometheus-odds.betting.svc:9090'],
      ['targets', '2 targets up'],
      ['query', '12.3 requests/s'],
      ['scaledObject', 'Scaling on its triggers'],
      ['autoscaler', 'keda-hpa-odds: 2 to 10 replicas, target 100 per replica'],
    ]);
    expect(report).toMatchObject({
      requestsPerSecond: 12.34,
      autoscaler: { minReplicas: 2, maxReplicas: 10 },
      serviceUrl: 'http://odds.betting.svc:8080',
      prometheusUrl: 'http://prometheus-odds.betting.svc:9090',
    });
    expect(steps).toHaveLength(7);
    expect(steps[0]).toMatch(/^Pods are ready: 2 of 2 pods ready \(\d/);
  });

  it('names the first broken link, the reason and the next step', async () => {
    client.update(refIn('v1', 'Pod', 'odds-b'), pod => {
      pod.status = {
        conditions: [{ type: 'Ready', status: 'False' }],
        containerStatuses: [
          {
            name: 'api',
            ready: false,
            state: { waiting: { reason: 'CrashLoopBackOff' } },
          },
        ],
      };
    });
    prometheus.answers.set(SCALING_QUERY, []);
    const { link, message } = await brokenLink();
    expect(link).toBe('pods');
    expect(message).toBe(
      'ScaledObject betting/odds does not scale yet after 0 s. ' +
        'First broken link: Pods are ready – 1 of 2 pods ready (pod odds-b: container api waits: CrashLoopBackOff). ' +
        'Next step: look at the pods: kubectl -n betting describe pods, and their logs.',
    );
  });

  it('counts fewer pods than the minimum as not ready', async () => {
    client.remove(refIn('v1', 'Pod', 'odds-b'));
    expect((await brokenLink()).reason).toBe('1 of 2 pods ready');
  });

  it('finds a pod that its Service does not reach', async () => {
    client.update(
      refIn('discovery.k8s.io/v1', 'EndpointSlice', 'odds-1'),
      slice => {
        const [first, second] = slice.endpoints as object[];
        slice.endpoints = [first, { ...second, conditions: { ready: false } }];
      },
    );
    expect(await brokenLink()).toMatchObject({
      link: 'endpoints',
      reason: 'Service odds has no ready endpoint for odds-b',
    });
  });

  it('finds that no Service selects the pods', async () => {
    client.update(refIn('v1', 'Service', 'odds'), service => {
      service.spec = { selector: { app: 'other' }, ports: [] };
    });
    expect(await brokenLink()).toMatchObject({ link: 'endpoints' });
  });

  it('finds a Prometheus that does not answer', async () => {
    prometheus.answers.set(
      'vector(1)',
      new PrometheusUnreachableError('no endpoints'),
    );
    expect(await brokenLink()).toMatchObject({
      link: 'prometheus',
      reason:
        "the trigger's server http://prometheus-odds.betting.svc:9090 does not answer: no endpoints",
    });
  });

  it('does not wait for an address that may not be asked', async () => {
    const link = await brokenLink({
      openPrometheus: () => {
        throw new PrometheusAddressError('may not be asked');
      },
      timeoutSeconds: 60,
    });
    expect(link.link).toBe('prometheus');
  });

  it('finds a pod that is not scraped', async () => {
    prometheus.answers.set(UP_QUERY, [up('odds-a')]);
    expect(await brokenLink()).toMatchObject({
      link: 'targets',
      reason: 'http://prometheus-odds.betting.svc:9090 does not scrape odds-b',
    });
  });

  it('tells why a target is down', async () => {
    prometheus.answers.set(UP_QUERY, [up('odds-a'), up('odds-b', 0)]);
    prometheus.scrapeTargets = [
      {
        labels: { pod: 'odds-b', instance: 'odds-b:8080' },
        scrapePool: 'p',
        health: 'down',
        lastError: 'connection refused',
      },
    ];
    expect((await brokenLink()).reason).toBe(
      'the target of pod odds-b is down: connection refused',
    );
  });

  it('finds two monitors that count each request twice', async () => {
    prometheus.answers.set(UP_QUERY, [
      up('odds-a'),
      up('odds-b'),
      up('odds-a', 1, { job: 'second' }),
    ]);
    expect(await brokenLink()).toMatchObject({
      link: 'targets',
      reason:
        'pod odds-a is scraped 2 times (jobs odds, second), so that each request may count as often',
    });
  });

  it('lets a second port of a pod be scraped', async () => {
    prometheus.answers.set(UP_QUERY, [
      up('odds-a'),
      up('odds-b'),
      up('odds-a', 1, { instance: 'odds-a:9091', job: 'sidecar' }),
    ]);
    expect((await verify()).links).toHaveLength(7);
  });

  it.each([
    [[], 'gives no value'],
    [[up('a'), up('b')], 'gives 2 values, and KEDA refuses more than one'],
    [[{ labels: {}, at: 0, value: NaN }], 'gives NaN'],
  ])(
    'refuses a query that does not give one number (%#)',
    async (samples, reason) => {
      prometheus.answers.set(SCALING_QUERY, samples);
      expect(await brokenLink()).toMatchObject({
        link: 'query',
        reason: `${SCALING_QUERY} ${reason}`,
      });
    },
  );

  it('does not take Ready for scaling', async () => {
    client.update(scaledObjectRef, object => {
      object.status = {
        hpaName: 'keda-hpa-odds',
        conditions: [{ type: 'Ready', status: 'True' }],
      };
    });
    expect(await brokenLink()).toMatchObject({
      link: 'scaledObject',
      reason:
        'ScaledObject betting/odds: waiting for the autoscaler to read its metric',
    });
  });

  it('does not take a paused ScaledObject for scaling', async () => {
    client.update(scaledObjectRef, object => {
      object.metadata.annotations = { 'autoscaling.keda.sh/paused': 'true' };
    });
    expect(await brokenLink({ timeoutSeconds: 60 })).toMatchObject({
      link: 'scaledObject',
      reason: 'ScaledObject betting/odds is paused by its annotation',
    });
  });

  it('finds an autoscaler that is not what the ScaledObject says', async () => {
    client.update(autoscalerRef, object => {
      object.spec = { ...(object.spec as object), maxReplicas: 4 };
    });
    expect(await brokenLink()).toMatchObject({
      link: 'autoscaler',
      reason:
        'HorizontalPodAutoscaler keda-hpa-odds has maximum 4 instead of 10',
    });
  });

  it('finds an autoscaler that cannot read its metric', async () => {
    client.update(autoscalerRef, object => {
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
    const { link, reason } = await brokenLink();
    expect(link).toBe('autoscaler');
    expect(reason).toContain('FailedGetExternalMetric');
  });

  it('does not wait for a ScaledObject that is not there', async () => {
    client.remove(scaledObjectRef);
    expect(await brokenLink({ timeoutSeconds: 60 })).toMatchObject({
      link: 'scaledObject',
      reason: "there is no ScaledObject betting/odds on cluster 'fake'",
    });
  });

  it('waits for a link that holds a little later', async () => {
    prometheus.answers.set(SCALING_QUERY, []);
    const steps: string[] = [];
    setTimeout(() => {
      prometheus.answers.set(SCALING_QUERY, [{ labels: {}, at: 0, value: 0 }]);
    }, 50);
    const report = await verify({
      timeoutSeconds: 30,
      onStep: line => steps.push(line),
    });
    expect(report.requestsPerSecond).toBe(0);
    expect(steps).toContain(`Waiting: ${SCALING_QUERY} gives no value`);
  });

  it('rejects with the reason of the signal that aborts it', async () => {
    prometheus.answers.set(SCALING_QUERY, []);
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('cancelled by hand')), 30);
    await expect(
      verify({ timeoutSeconds: 60, signal: controller.signal }),
    ).rejects.toThrow('cancelled by hand');
  });
});
