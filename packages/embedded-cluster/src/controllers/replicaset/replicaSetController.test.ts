import { TestCluster } from '../__testUtils__/TestCluster';
import { replicaSet } from '../__testUtils__/workloads';

let cluster: TestCluster;
beforeEach(async () => {
  cluster = await TestCluster.start();
});
afterEach(() => cluster.stop());

const set = () => cluster.get('apps/v1', 'ReplicaSet', 'set');
const pods = () => cluster.list('v1', 'Pod');

describe('replica set controller', () => {
  it('makes exactly the pods that are asked for, named after it', async () => {
    cluster.create(replicaSet({ replicas: 25 }));
    await cluster.settle();

    expect(pods()).toHaveLength(25);
    expect(pods()[0].metadata).toMatchObject({
      name: expect.stringMatching(/^set-[a-z0-9]{5}$/),
      generateName: 'set-',
      labels: { app: 'web' },
      ownerReferences: [{ kind: 'ReplicaSet', name: 'set', controller: true }],
    });
    expect(set().status).toMatchObject({
      replicas: 25,
      fullyLabeledReplicas: 25,
      readyReplicas: 25,
      availableReplicas: 25,
      terminatingReplicas: 0,
      observedGeneration: 1,
    });
  });

  it('replaces a pod that was deleted, and one that ended', async () => {
    cluster.create(replicaSet());
    await cluster.settle();
    const [first, second] = pods();

    cluster.delete(first);
    cluster.patch(second, { status: { phase: 'Failed' } }, 'status');
    await cluster.settle();

    const alive = pods().filter(
      pod => (pod.status as { phase: string }).phase === 'Running',
    );
    expect(alive).toHaveLength(2);
    expect(alive.map(pod => pod.metadata.uid)).not.toContain(
      second.metadata.uid,
    );
  });

  it('adopts a pod that matches and has no controller, and lets go one that matches no more', async () => {
    cluster.create(replicaSet());
    await cluster.settle();
    const [pod] = pods();

    cluster.patch(pod, { metadata: { labels: { app: 'debug' } } });
    await cluster.settle();

    expect(pods()).toHaveLength(3);
    const released = cluster.get('v1', 'Pod', pod.metadata.name);
    expect(released.metadata.ownerReferences ?? []).toEqual([]);

    cluster.patch(released, { metadata: { labels: { app: 'web' } } });
    await cluster.settle();

    expect(pods()).toHaveLength(2);
  });

  it('lets the pods go when it is deleted as an orphan maker', async () => {
    cluster.create(replicaSet());
    await cluster.settle();

    cluster.delete(set(), { propagationPolicy: 'Orphan' });
    await cluster.settle();

    expect(cluster.find('apps/v1', 'ReplicaSet', 'set')).toBeUndefined();
    expect(pods()).toHaveLength(2);
    expect(pods().flatMap(pod => pod.metadata.ownerReferences ?? [])).toEqual(
      [],
    );
  });
});
