import { NAMESPACE, TestCluster } from '../__testUtils__/TestCluster';
import { deployment, podTemplate } from '../__testUtils__/workloads';

let cluster: TestCluster;
beforeEach(async () => {
  cluster = await TestCluster.start();
});
afterEach(() => cluster.stop());

function budget(spec: object): void {
  cluster.create({
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'web', namespace: NAMESPACE },
    spec: { selector: { matchLabels: { app: 'web' } }, ...spec },
  });
}

const status = () =>
  cluster.get('policy/v1', 'PodDisruptionBudget', 'web').status;

describe('disruption controller', () => {
  it('allows as many as may be unavailable of what the Deployment wants', async () => {
    budget({ maxUnavailable: 1 });
    cluster.create(deployment({ replicas: 3 }));
    await cluster.settle();

    expect(status()).toMatchObject({
      currentHealthy: 3,
      desiredHealthy: 2,
      expectedPods: 3,
      disruptionsAllowed: 1,
      observedGeneration: 1,
      conditions: [
        {
          type: 'DisruptionAllowed',
          status: 'True',
          reason: 'SufficientPods',
          message: '',
          observedGeneration: 1,
        },
      ],
    });
  });

  it('rounds a share that must be available up', async () => {
    budget({ minAvailable: '50%' });
    cluster.create(deployment({ replicas: 5 }));
    await cluster.settle();

    expect(status()).toMatchObject({
      desiredHealthy: 3,
      disruptionsAllowed: 2,
    });

    cluster.patch(cluster.get('apps/v1', 'Deployment', 'web'), {
      spec: { replicas: 1 },
    });
    await cluster.settle();

    expect(status()).toMatchObject({
      desiredHealthy: 1,
      disruptionsAllowed: 0,
      conditions: [{ status: 'False', reason: 'InsufficientPods' }],
    });
  });

  it('allows none while the pods are not ready', async () => {
    budget({ minAvailable: 1 });
    cluster.create(deployment({ template: podTemplate('hangs') }));
    await cluster.settle();

    expect(status()).toMatchObject({
      currentHealthy: 0,
      expectedPods: 2,
      disruptionsAllowed: 0,
    });
  });

  it('says that nobody is meant', async () => {
    budget({ minAvailable: 1 });
    await cluster.settle();

    expect(cluster.events('PodDisruptionBudget', 'web')).toEqual([
      'NoPods: No matching pods found',
    ]);
  });

  it('cannot count pods that no workload wants', async () => {
    budget({ maxUnavailable: 1 });
    cluster.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'alone', namespace: NAMESPACE, labels: { app: 'web' } },
      spec: podTemplate().spec,
    });
    await cluster.settle();

    expect(status()).toMatchObject({
      disruptionsAllowed: 0,
      conditions: [
        {
          status: 'False',
          reason: 'SyncFailed',
          message: 'found no controller ref for pod "alone"',
        },
      ],
    });
  });
});
