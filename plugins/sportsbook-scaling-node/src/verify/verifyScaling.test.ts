import {
  refIn,
  scaledObjectRef,
  SCALING_QUERY,
} from '../testUtils/scalingChain';
import { PrometheusAddressError } from '../errors';
import { chainUnderTest, ChainUnderTest } from './__testUtils__/chainUnderTest';

describe('verifyScaling', () => {
  let chain: ChainUnderTest;
  beforeEach(async () => {
    chain = await chainUnderTest();
  });

  it('reports every link that holds, with what was seen', async () => {
    const steps: string[] = [];
    const report = await chain.verify({ onStep: line => steps.push(line) });
    expect(report.links.map(({ id, detail }) => [id, detail])).toEqual([
      ['pods', '2 of 2 pods ready'],
      ['endpoints', 'Service odds has 2 ready endpoints'],
      ['prometheus', 'http://prometheus-odds.betting.svc:9090'],
      ['targets', '2 targets up, each of one monitor'],
      ['query', '12.3 requests/s'],
      ['scaledObject', 'Scaling on its triggers'],
      ['externalMetrics', 's0-prometheus is 12340m'],
      ['autoscaler', 'keda-hpa-odds: 2 to 10 replicas, target 100 per replica'],
    ]);
    expect(report).toMatchObject({
      requestsPerSecond: 12.34,
      autoscaler: { minReplicas: 2, maxReplicas: 10 },
      serviceUrl: 'http://odds.betting.svc:8080',
      prometheusUrl: 'http://prometheus-odds.betting.svc:9090',
    });
    expect(steps).toHaveLength(8);
    expect(steps[0]).toMatch(/^Pods are ready: 2 of 2 pods ready \(\d/);
  });

  it('names the first broken link, the reason and the next step', async () => {
    chain.client.update(refIn('v1', 'Pod', 'odds-b'), pod => {
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
    chain.prometheus.answers.set(SCALING_QUERY, []);
    const { link, message } = await chain.brokenLink();
    expect(link).toBe('pods');
    expect(message).toBe(
      'ScaledObject betting/odds does not scale yet after 0 s. ' +
        'First broken link: Pods are ready – 1 of 2 pods ready (pod odds-b: container api waits: CrashLoopBackOff). ' +
        'Next step: look at the pods: kubectl -n betting describe pods, and their logs.',
    );
  });

  it('does not wait for an address that may not be asked', async () => {
    const link = await chain.brokenLink({
      openPrometheus: () => {
        throw new PrometheusAddressError('may not be asked');
      },
      timeoutSeconds: 60,
    });
    expect(link.link).toBe('prometheus');
  });

  it('does not look at a target outside of every namespace', async () => {
    chain.client.update(scaledObjectRef, object => {
      object.spec = {
        ...(object.spec as object),
        scaleTargetRef: { apiVersion: 'v1', kind: 'Node', name: 'odds' },
      };
    });
    const { link, message } = await chain.brokenLink();
    expect(link).toBe('pods');
    expect(message).toContain(
      'it scales a Node, which belongs to no namespace',
    );
  });

  it('does not wait for a ScaledObject that is not there', async () => {
    chain.client.remove(scaledObjectRef);
    expect(await chain.brokenLink({ timeoutSeconds: 60 })).toMatchObject({
      link: 'scaledObject',
      reason: "there is no ScaledObject betting/odds on cluster 'fake'",
    });
  });

  it('waits for a link that holds a little later', async () => {
    chain.prometheus.answers.set(SCALING_QUERY, []);
    const steps: string[] = [];
    setTimeout(() => {
      chain.prometheus.answers.set(SCALING_QUERY, [
        { labels: {}, at: 0, value: 0 },
      ]);
    }, 50);
    const report = await chain.verify({
      timeoutSeconds: 30,
      onStep: line => steps.push(line),
    });
    expect(report.requestsPerSecond).toBe(0);
    expect(steps).toContain(`Waiting: ${SCALING_QUERY} gives no value`);
  });

  it('rejects with the reason of the signal that aborts it', async () => {
    chain.prometheus.answers.set(SCALING_QUERY, []);
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('cancelled by hand')), 30);
    await expect(
      chain.verify({ timeoutSeconds: 60, signal: controller.signal }),
    ).rejects.toThrow('cancelled by hand');
  });
});
