import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { NAMESPACE, TestCluster } from '../__testUtils__/TestCluster';
import { deployment, service } from '../__testUtils__/workloads';
import { requireType } from '../../runtime/requireType';

let cluster: TestCluster;
beforeEach(async () => {
  cluster = await TestCluster.start();
});
afterEach(() => cluster.stop());

const namespace = (): KubernetesObject | undefined =>
  cluster.objects.find(requireType(cluster.objects, 'v1', 'Namespace'), {
    name: NAMESPACE,
  });

function deleteNamespace(): void {
  cluster.objects.delete(
    requireType(cluster.objects, 'v1', 'Namespace'),
    { name: NAMESPACE },
    {},
  );
}

describe('namespace controllers', () => {
  it('give each namespace its account and the certificate of the API server', async () => {
    expect(cluster.find('v1', 'ServiceAccount', 'default')).toBeDefined();
    expect(cluster.get('v1', 'ConfigMap', 'kube-root-ca.crt').data).toEqual({
      'ca.crt': 'a certificate\n',
    });
  });

  it('put back what somebody deleted or changed of these', async () => {
    cluster.delete(cluster.get('v1', 'ServiceAccount', 'default'));
    cluster.patch(cluster.get('v1', 'ConfigMap', 'kube-root-ca.crt'), {
      data: { 'ca.crt': 'another' },
    });
    await cluster.settle();

    expect(cluster.find('v1', 'ServiceAccount', 'default')).toBeDefined();
    expect(cluster.get('v1', 'ConfigMap', 'kube-root-ca.crt').data).toEqual({
      'ca.crt': 'a certificate\n',
    });
  });

  it('delete all that a namespace holds, then the namespace', async () => {
    cluster.create(deployment());
    cluster.create(service());
    await cluster.settle();

    deleteNamespace();
    await cluster.settle();

    expect(namespace()).toBeUndefined();
    for (const [apiVersion, kind] of [
      ['apps/v1', 'Deployment'],
      ['apps/v1', 'ReplicaSet'],
      ['v1', 'Pod'],
      ['v1', 'Service'],
      ['v1', 'ConfigMap'],
      ['v1', 'ServiceAccount'],
      ['v1', 'Event'],
      ['discovery.k8s.io/v1', 'EndpointSlice'],
    ]) {
      expect([kind, cluster.list(apiVersion, kind)]).toEqual([kind, []]);
    }
  });

  it('say what a namespace waits for', async () => {
    const held = cluster.create({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: 'held',
        namespace: NAMESPACE,
        finalizers: ['example.org/hold'],
      },
    });

    deleteNamespace();
    await cluster.settle();

    expect(namespace()?.status).toMatchObject({
      phase: 'Terminating',
      conditions: [
        { type: 'NamespaceDeletionDiscoveryFailure', status: 'False' },
        {
          type: 'NamespaceDeletionGroupVersionParsingFailure',
          status: 'False',
        },
        { type: 'NamespaceDeletionContentFailure', status: 'False' },
        {
          type: 'NamespaceContentRemaining',
          status: 'True',
          reason: 'SomeResourcesRemain',
          message:
            'Some resources are remaining: configmaps. has 1 resource instances',
        },
        {
          type: 'NamespaceFinalizersRemaining',
          status: 'True',
          reason: 'SomeFinalizersRemain',
          message:
            'Some content in the namespace has finalizers remaining: example.org/hold in 1 resource instances',
        },
      ],
    });

    cluster.patch(held, { metadata: { finalizers: null } });
    await cluster.settle();

    expect(namespace()).toBeUndefined();
  });
});
