import { TestCluster } from '../__testUtils__/TestCluster';
import { requireType } from '../../runtime/requireType';

let cluster: TestCluster;
beforeEach(async () => {
  cluster = await TestCluster.start();
});
afterEach(() => cluster.stop());

function find(name: string) {
  return cluster.objects.find(
    requireType(cluster.objects, 'apiregistration.k8s.io/v1', 'APIService'),
    { name },
  );
}

function behindService(group: string): void {
  cluster.create({
    apiVersion: 'apiregistration.k8s.io/v1',
    kind: 'APIService',
    metadata: { name: `v1.${group}` },
    spec: {
      group,
      version: 'v1',
      groupPriorityMinimum: 100,
      versionPriority: 100,
      service: { name: 'adapter', namespace: 'default' },
    },
  });
}

describe('API service controller', () => {
  it('lists each group that is served', async () => {
    expect(find('v1.apps')).toMatchObject({
      metadata: {
        labels: { 'kube-aggregator.kubernetes.io/automanaged': 'onstart' },
      },
      spec: {
        group: 'apps',
        version: 'v1',
        groupPriorityMinimum: 17800,
        versionPriority: 15,
      },
      status: {
        conditions: [
          {
            type: 'Available',
            status: 'True',
            reason: 'Local',
            message: 'Local APIServices are always available',
          },
        ],
      },
    });
    expect(find('v1.')).toMatchObject({ spec: { version: 'v1' } });
    expect(find('v1.authorization.k8s.io')).toMatchObject({
      spec: { groupPriorityMinimum: 17600 },
    });
    expect(cluster.warnings).toEqual([]);
  });

  it('follows the groups of definitions', async () => {
    const definition = cluster.create({
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'things.example.org' },
      spec: {
        group: 'example.org',
        names: { kind: 'Thing', plural: 'things' },
        scope: 'Namespaced',
        versions: [
          {
            name: 'v1',
            served: true,
            storage: true,
            schema: { openAPIV3Schema: { type: 'object' } },
          },
        ],
      },
    });
    await cluster.settle();
    expect(find('v1.example.org')?.spec).toMatchObject({
      groupPriorityMinimum: 1000,
      versionPriority: 100,
    });

    cluster.delete(definition);
    await cluster.settle();

    expect(find('v1.example.org')).toBeUndefined();
  });

  it('says of a group behind a Service whether anybody answers it', async () => {
    behindService('metrics.example.org');
    behindService('nobody.example.org');
    await cluster.settle();

    expect(find('v1.metrics.example.org')?.status).toMatchObject({
      conditions: [{ status: 'True', reason: 'Passed' }],
    });
    expect(find('v1.nobody.example.org')?.status).toMatchObject({
      conditions: [{ status: 'False', reason: 'ServiceNotFound' }],
    });
  });
});
