import { EMBEDDED_CLUSTER } from '@sportsbook/plugin-sportsbook-scaling-common';
import { installOn } from '../__testUtils__/installOn';
import {
  addKeda,
  addOperator,
  bareCluster,
} from '../__testUtils__/platformClusters';
import { startControllers } from '../__testUtils__/startControllers';
import { resolveForDelete } from '../../apply/writtenKinds';
import { FakeCluster } from '../../testUtils';
import { planRemoval } from './planRemoval';
import { removePlatform } from './removePlatform';

const installed = async () => {
  const cluster = bareCluster();
  startControllers(cluster);
  await installOn(cluster);
  return cluster;
};

async function remove(cluster: FakeCluster) {
  const { objects, leftovers } = await planRemoval({
    client: cluster,
    reach: 'cluster',
  });
  const { objects: _, ...granted } = await resolveForDelete({
    client: cluster,
    manifests: [],
    objects: [...objects, ...leftovers.map(ref => ({ ref }))],
    namespace: 'default',
  });
  return removePlatform({
    client: cluster,
    reach: 'cluster',
    granted,
    timeoutSeconds: 5,
  });
}

const scaledObject = {
  apiVersion: 'keda.sh/v1alpha1',
  kind: 'ScaledObject',
  metadata: { name: 'odds', namespace: 'default' },
};

describe('removePlatform', () => {
  it('takes away all that was installed: registrations first, definitions and namespaces last', async () => {
    const cluster = await installed();
    const made = new Set(cluster.written());
    const changeSet = await remove(cluster);
    const kinds = changeSet.map(({ ref }) => ref.kind);
    expect(kinds[0]).toBe('APIService');
    expect(kinds.lastIndexOf('Deployment')).toBeLessThan(
      kinds.indexOf('CustomResourceDefinition'),
    );
    expect(
      changeSet.map(({ ref, action }) => [
        `${ref.kind} ${ref.namespace === undefined ? '' : `${ref.namespace}/`}${
          ref.name
        }`,
        action,
      ]),
    ).toEqual(expect.arrayContaining([...made].map(name => [name, 'deleted'])));
    expect(
      (await planRemoval({ client: cluster, reach: 'cluster' })).objects,
    ).toEqual([]);
  });

  it('is refused while anybody needs it, and names who', async () => {
    const cluster = await installed();
    cluster.seed(scaledObject);
    await expect(remove(cluster)).rejects.toThrow(
      /1 object needs it: ScaledObject default\/odds; remove their services first/,
    );
    expect(cluster.writes.some(({ verb }) => verb === 'delete')).toBe(false);
  });

  it('is refused while it cannot be told whether anybody needs it', async () => {
    const cluster = await installed();
    cluster.denied.add('list scaledobjects');
    const { refusals } = await planRemoval({
      client: cluster,
      reach: 'cluster',
    });
    expect([...refusals].sort()).toEqual([
      expect.stringContaining('namespace keda cannot be told'),
      expect.stringContaining('namespace prometheus-operator cannot be told'),
      expect.stringContaining('whether anybody needs it cannot be told'),
    ]);
  });

  it('is refused while people have something of theirs in its namespaces', async () => {
    const cluster = await installed();
    cluster.seed({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'kedaorg-certs', namespace: 'keda' },
    });
    expect(
      (await planRemoval({ client: cluster, reach: 'cluster' })).refusals,
    ).toEqual([]);
    cluster.seed({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'prometheus-token', namespace: 'keda' },
    });
    await expect(remove(cluster)).rejects.toThrow(
      /namespace keda would go with what people have put there: Secret keda\/prometheus-token/,
    );
  });

  it('leaves alone what others have installed', async () => {
    const cluster = bareCluster();
    await addOperator(cluster);
    await addKeda(cluster);
    expect(await remove(cluster)).toEqual([]);
    expect(cluster.writes).toEqual([]);
  });

  it('takes along what KEDA made for itself in a namespace that stays', async () => {
    const cluster = bareCluster();
    startControllers(cluster);
    cluster.seed({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'keda' },
    });
    await installOn(cluster);
    cluster.seed({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'kedaorg-certs', namespace: 'keda' },
    });
    const changeSet = await remove(cluster);
    expect(changeSet).toContainEqual(
      expect.objectContaining({
        action: 'deleted',
        ref: expect.objectContaining({ kind: 'Secret', name: 'kedaorg-certs' }),
      }),
    );
    expect(changeSet.map(({ ref }) => ref)).not.toContainEqual(
      expect.objectContaining({ kind: 'Namespace', name: 'keda' }),
    );
  });

  it('has nothing to remove from the embedded cluster', async () => {
    const cluster = bareCluster();
    cluster.version = async () => ({
      gitVersion: `v1.36.3${EMBEDDED_CLUSTER.versionSuffix}`,
    });
    expect(
      (await planRemoval({ client: cluster, reach: 'cluster' })).refusals,
    ).toEqual([expect.stringContaining('built in')]);
  });
});
