import { FakeCluster } from '../testUtils/FakeCluster';
import { serverService } from './__testUtils__/prometheusObject';
import { RELOAD_ANNOTATION } from './hastenReload';
import { TakeUp } from './TakeUp';

const MADE = new Date('2026-11-24T12:00:00Z');
const POD = {
  apiVersion: 'v1',
  kind: 'Pod',
  name: 'prometheus-k8s-0',
  namespace: 'monitoring',
};

function takeUpIn(client: FakeCluster, hastenReload = true) {
  const steps: string[] = [];
  let ageSeconds = 0;
  const takeUp = new TakeUp({
    client,
    serverAddress: 'http://k8s.monitoring.svc:9090',
    configured: [
      {
        name: 'monitoring/k8s',
        address: undefined,
        serviceMonitorLabels: {},
        namespaces: ['*'],
        headers: {},
        triggerAuthentication: undefined,
        queryLabels: {},
        hastenReload,
      },
    ],
    onStep: line => steps.push(line),
    now: () => new Date(MADE.getTime() + ageSeconds * 1000),
  });
  return {
    steps,
    lookAt: (seconds: number) => {
      ageSeconds = seconds;
      return takeUp.look(MADE);
    },
    look: () => takeUp.look(undefined),
  };
}

describe('a server that takes a new monitor up', () => {
  let client: FakeCluster;
  beforeEach(() => {
    client = new FakeCluster(['monitoring']);
    client.seed(serverService('k8s', { prometheus: 'k8s' }));
    const { name, namespace, ...kind } = POD;
    const pod = (podName: string, server: string) =>
      client.seed({
        ...kind,
        metadata: {
          name: podName,
          namespace,
          labels: { 'operator.prometheus.io/name': server, prometheus: server },
        },
        spec: {},
      });
    pod(name, 'k8s');
    pod('prometheus-batch-0', 'batch');
  });

  it('has a time that is left, told in steps', async () => {
    const { look, lookAt } = takeUpIn(client, false);
    expect(await look()).toBe('a new monitor takes up to 75 s');
    expect(await lookAt(2)).toMatch(/about 75 s are left$/);
    expect(await lookAt(31)).toMatch(/about 45 s are left$/);
    expect(await lookAt(44)).toMatch(/about 45 s are left$/);
    expect(await lookAt(80)).toBe(
      'its monitor is older than the 75 s that a server takes to see one',
    );
    expect(client.written()).toEqual([]);
  });

  it('is hastened by an annotation on its own pods, and not with each look', async () => {
    const { steps, lookAt } = takeUpIn(client);
    await lookAt(1);
    expect(client.written()).toEqual([]);
    await lookAt(5);
    await lookAt(8);
    expect(client.written()).toEqual(['Pod monitoring/prometheus-k8s-0']);
    expect((await client.get(POD))?.metadata.annotations).toEqual({
      [RELOAD_ANNOTATION]: '2026-11-24T12:00:05.000Z',
    });
    await lookAt(21);
    expect(client.written()).toHaveLength(2);
    expect(steps[0]).toBe(
      'Hastened the reload of prometheus-k8s-0 by an annotation',
    );
  });

  it('is waited for where the pods may not be changed, which is said once', async () => {
    client.denied.add('patch pods');
    const { steps, lookAt } = takeUpIn(client);
    await lookAt(5);
    await lookAt(25);
    expect(steps).toEqual([
      expect.stringMatching(/^The reload cannot be hastened: .*pods/),
    ]);
  });
});
