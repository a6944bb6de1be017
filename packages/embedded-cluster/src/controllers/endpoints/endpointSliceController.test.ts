import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { NAMESPACE, TestCluster } from '../__testUtils__/TestCluster';
import { podTemplate, replicaSet, service } from '../__testUtils__/workloads';

let cluster: TestCluster;
beforeEach(async () => {
  cluster = await TestCluster.start();
});
afterEach(() => cluster.stop());

const slices = () => cluster.list('discovery.k8s.io/v1', 'EndpointSlice');
const pods = () => cluster.list('v1', 'Pod');
const endpointsOf = (slice: KubernetesObject) =>
  slice.endpoints as {
    addresses: string[];
    conditions: object;
    targetRef: { name: string };
  }[];

describe('endpoint slice controller', () => {
  it('lists the pods that a Service selects, with their ports by number', async () => {
    cluster.create(service());
    cluster.create(replicaSet());
    await cluster.settle();

    const [slice] = slices();
    expect(slices()).toHaveLength(1);
    expect(slice).toMatchObject({
      addressType: 'IPv4',
      ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
      metadata: {
        generateName: 'web-',
        labels: {
          team: 'odds',
          'kubernetes.io/service-name': 'web',
          'endpointslice.kubernetes.io/managed-by':
            'endpointslice-controller.k8s.io',
        },
        ownerReferences: [{ kind: 'Service', name: 'web', controller: true }],
      },
    });
    expect(endpointsOf(slice)).toEqual(
      expect.arrayContaining(
        pods().map(({ metadata }) =>
          expect.objectContaining({
            nodeName: 'embedded',
            conditions: { ready: true, serving: true, terminating: false },
            targetRef: {
              kind: 'Pod',
              namespace: NAMESPACE,
              name: metadata.name,
              uid: metadata.uid,
            },
          }),
        ),
      ),
    );
  });

  it('has an empty slice for a Service that selects nobody', async () => {
    cluster.create(service());
    await cluster.settle();

    expect(slices()).toHaveLength(1);
    expect(endpointsOf(slices()[0]) ?? []).toEqual([]);
  });

  it('leaves a Service without a selector to whoever wrote it', async () => {
    cluster.create(service({ selector: {} }));
    await cluster.settle();

    expect(slices()).toEqual([]);
  });

  it('says that a pod is ending, though it still answers', async () => {
    cluster.kubelet.holdsPods = true;
    cluster.create(service());
    cluster.create(replicaSet({ replicas: 1 }));
    await cluster.settle();
    const [running] = pods();

    cluster.delete(running);
    await cluster.settle();

    const conditions = Object.fromEntries(
      endpointsOf(slices()[0]).map(endpoint => [
        endpoint.targetRef.name === running.metadata.name ? 'ending' : 'other',
        endpoint.conditions,
      ]),
    );
    expect(conditions.ending).toEqual({
      ready: false,
      serving: true,
      terminating: true,
    });
  });

  it('counts pods that are not ready where the Service wants their addresses', async () => {
    cluster.create(service({ publishNotReadyAddresses: true }));
    cluster.create(replicaSet({ template: podTemplate('hangs') }));
    await cluster.settle();

    expect(
      endpointsOf(slices()[0]).map(({ conditions }) => conditions),
    ).toEqual(
      [1, 2].map(() => ({ ready: true, serving: false, terminating: false })),
    );
  });

  it('drops a pod that lost the label', async () => {
    cluster.create(service());
    cluster.create(replicaSet());
    await cluster.settle();
    const [pod] = pods();

    cluster.patch(pod, { metadata: { labels: { app: 'other' } } });
    await cluster.settle();

    const names = endpointsOf(slices()[0]).map(
      ({ targetRef }) => targetRef.name,
    );
    expect(names).toHaveLength(2);
    expect(names).not.toContain(pod.metadata.name);
  });

  it('has a slice for each number that a named port has', async () => {
    cluster.create(service({ selector: { team: 'odds' } }));
    const labels = { app: 'web', team: 'odds' };
    cluster.create(
      replicaSet({ replicas: 1, template: podTemplate('runs', labels) }),
    );
    const other = podTemplate();
    other.spec.containers[0].ports[0].containerPort = 9090;
    cluster.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: 'other',
        namespace: NAMESPACE,
        labels: { team: 'odds' },
      },
      spec: other.spec,
    });
    await cluster.settle();

    expect(
      slices()
        .map(({ ports }) => (ports as { port: number }[])[0]?.port)
        .sort(),
    ).toEqual([8080, 9090]);
  });

  it('has a hundred pods in a slice, and the others in another', async () => {
    cluster.create(service());
    cluster.create(replicaSet({ replicas: 101 }));
    await cluster.settle();

    const sizes = () =>
      slices()
        .map(slice => endpointsOf(slice).length)
        .sort((a, b) => a - b);
    expect(sizes()).toEqual([1, 100]);
    const names = slices().flatMap(slice =>
      endpointsOf(slice).map(({ targetRef }) => targetRef.name),
    );
    expect(new Set(names)).toEqual(
      new Set(pods().map(({ metadata }) => metadata.name)),
    );
  });

  it('takes its slices away with the Service', async () => {
    const made = cluster.create(service());
    await cluster.settle();

    cluster.delete(made);
    await cluster.settle();

    expect(slices()).toEqual([]);
  });

  it('has an endpoint ready as soon as the pod', async () => {
    cluster.create(service());
    cluster.create(replicaSet({ replicas: 1, template: podTemplate('hangs') }));
    await cluster.settle();
    const [pod] = pods();

    cluster.patch(
      pod,
      {
        status: {
          conditions: [
            {
              type: 'Ready',
              status: 'True',
              lastTransitionTime: '2026-11-24T10:00:00Z',
            },
          ],
        },
      },
      'status',
    );
    // Turns of the event loop, not time: nothing waits for a timer.
    let turns = 0;
    while (
      !JSON.stringify(slices()[0].endpoints).includes('"ready":true') &&
      turns < 50
    ) {
      turns += 1;
      await new Promise(resolve => setImmediate(resolve));
    }

    expect(turns).toBeLessThan(50);
  });
});
