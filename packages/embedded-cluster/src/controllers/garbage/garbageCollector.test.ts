import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { NAMESPACE, TestCluster } from '../__testUtils__/TestCluster';

let cluster: TestCluster;
beforeEach(async () => {
  cluster = await TestCluster.start();
});
afterEach(() => cluster.stop());

function configMap(
  name: string,
  owners: { owner: KubernetesObject; blocks?: boolean }[] = [],
  finalizers: string[] = [],
): KubernetesObject {
  return cluster.create({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name,
      namespace: NAMESPACE,
      ...(finalizers.length === 0 ? {} : { finalizers }),
      ...(owners.length === 0
        ? {}
        : {
            ownerReferences: owners.map(({ owner, blocks }) => ({
              apiVersion: owner.apiVersion,
              kind: owner.kind,
              name: owner.metadata.name,
              uid: owner.metadata.uid,
              ...(blocks ? { blockOwnerDeletion: true } : {}),
            })),
          }),
    },
  });
}

const find = (name: string) => cluster.find('v1', 'ConfigMap', name);
const ownersOf = (name: string) =>
  ((find(name)?.metadata.ownerReferences ?? []) as { name: string }[]).map(
    owner => owner.name,
  );

describe('garbage collector', () => {
  it('deletes what lost its owner, down the whole chain', async () => {
    const top = configMap('top');
    const middle = configMap('middle', [{ owner: top }]);
    configMap('bottom', [{ owner: middle }]);

    cluster.delete(top);
    await cluster.settle();

    expect(find('middle')).toBeUndefined();
    expect(find('bottom')).toBeUndefined();
  });

  it('keeps what has another owner, without the reference to the one that is gone', async () => {
    const one = configMap('one');
    const two = configMap('two');
    configMap('shared', [{ owner: one }, { owner: two }]);

    cluster.delete(one);
    await cluster.settle();

    expect(ownersOf('shared')).toEqual(['two']);
  });

  it('deletes what names an owner that was never there, or has another uid', async () => {
    const owner = configMap('owner');
    configMap('dependent', [
      { owner: { ...owner, metadata: { ...owner.metadata, uid: 'other' } } },
    ]);
    await cluster.settle();

    expect(find('dependent')).toBeUndefined();
    expect(find('owner')).toBeDefined();
  });

  it('keeps what names an owner of a kind that is not served', async () => {
    const owner = configMap('owner');
    configMap('dependent', [{ owner: { ...owner, kind: 'Unheard' } }]);
    await cluster.settle();

    expect(find('dependent')).toBeDefined();
  });

  it('waits with an owner that is deleted in the foreground for dependents that block it', async () => {
    const owner = configMap('owner');
    configMap('held', [{ owner, blocks: true }], ['example.org/hold']);
    configMap('loose', [{ owner }]);

    cluster.delete(owner, { propagationPolicy: 'Foreground' });
    await cluster.settle();

    expect(find('loose')).toBeUndefined();
    expect(find('held')?.metadata.deletionTimestamp).toBeDefined();
    expect(find('owner')?.metadata.finalizers).toEqual(['foregroundDeletion']);

    cluster.patch(find('held') ?? owner, { metadata: { finalizers: null } });
    await cluster.settle();

    expect(find('held')).toBeUndefined();
    expect(find('owner')).toBeUndefined();
  });

  it('cuts dependents off an owner that is deleted as an orphan maker', async () => {
    const owner = configMap('owner');
    configMap('dependent', [{ owner, blocks: true }]);

    cluster.delete(owner, { propagationPolicy: 'Orphan' });
    await cluster.settle();

    expect(find('owner')).toBeUndefined();
    expect(find('dependent')?.metadata.ownerReferences ?? []).toEqual([]);
  });

  it('collects objects of definitions too', async () => {
    cluster.create({
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
    const owner = configMap('owner');
    cluster.create({
      apiVersion: 'example.org/v1',
      kind: 'Thing',
      metadata: {
        name: 'thing',
        namespace: NAMESPACE,
        ownerReferences: [
          {
            apiVersion: 'v1',
            kind: 'ConfigMap',
            name: 'owner',
            uid: owner.metadata.uid,
          },
        ],
      },
    });
    await cluster.settle();
    expect(cluster.find('example.org/v1', 'Thing', 'thing')).toBeDefined();

    cluster.delete(owner);
    await cluster.settle();

    expect(cluster.find('example.org/v1', 'Thing', 'thing')).toBeUndefined();
  });
});
