import { FakeCluster } from '@sportsbook/plugin-sportsbook-scaling-node/testUtils';
import { createMockDirectory } from '../__testUtils__/createMockDirectory';
import { runAction } from '../__testUtils__/actionRun';
import { FakeClusterAccess } from '../__testUtils__/FakeClusterAccess';
import { createPlatformRemoveAction } from './platformRemove';

const CLUSTER_ROLE = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRole',
  metadata: {
    name: 'sportsbook-scaling-prometheus-operator',
    labels: { 'sportsbook-scaling/platform': 'prometheus-operator' },
  },
};

const monitor = {
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'ServiceMonitor',
  metadata: { name: 'odds', namespace: 'default' },
};

describe('platform:remove', () => {
  const workspacePath = createMockDirectory().path;

  const prepared = async () => {
    const cluster = new FakeCluster(['default']);
    await cluster.apply(CLUSTER_ROLE);
    // A label alone makes nothing ours.
    cluster.seed({
      ...CLUSTER_ROLE,
      metadata: { ...CLUSTER_ROLE.metadata, name: 'of-somebody-else' },
    });
    return cluster;
  };

  const run = (
    cluster: FakeCluster,
    input: object,
    options: { access?: FakeClusterAccess; isDryRun?: boolean } = {},
  ) =>
    runAction(
      createPlatformRemoveAction({
        access: options.access ?? new FakeClusterAccess(cluster),
      }),
      {
        input: { cluster: 'dev', confirmCluster: 'dev', ...input },
        workspacePath,
        isDryRun: options.isDryRun,
      },
    );

  const deleted = (cluster: FakeCluster) =>
    cluster.writes
      .filter(({ verb }) => verb === 'delete')
      .map(({ name }) => name);

  it('deletes what was installed, and nothing that only looks like it', async () => {
    const cluster = await prepared();
    const { outputs } = await run(cluster, {});
    expect(deleted(cluster)).toEqual([
      'ClusterRole sportsbook-scaling-prometheus-operator',
    ]);
    expect(outputs.changeSet).toMatchObject([{ action: 'deleted' }]);
  });

  it('plans and deletes nothing', async () => {
    const cluster = await prepared();
    const { outputs } = await run(cluster, { plan: true });
    expect(outputs.changeSet).toMatchObject([{ action: 'deleted' }]);
    expect(deleted(cluster)).toEqual([]);
  });

  it('is refused, without asking the cluster, unless its name was typed', async () => {
    const cluster = await prepared();
    const access = new FakeClusterAccess(cluster);
    await expect(
      run(cluster, { confirmCluster: 'prod' }, { access }),
    ).rejects.toMatchObject({
      name: 'PlatformRefusedError',
      message: expect.stringContaining("'prod', not 'dev'"),
    });
    expect(access.requests).toEqual([]);
  });

  it('is refused while somebody needs it', async () => {
    const cluster = await prepared();
    cluster.seed(monitor);
    await expect(run(cluster, {})).rejects.toThrow(
      'ServiceMonitor default/odds',
    );
    expect(deleted(cluster)).toEqual([]);
  });

  it('asks for the kinds that it deletes', async () => {
    const cluster = await prepared();
    const access = new FakeClusterAccess(cluster, ({ namespaces }) =>
      namespaces.includes('*'),
    );
    await expect(run(cluster, {}, { access })).rejects.toThrow('not here');
    expect(access.requests.at(-1)).toMatchObject({
      clusterScopedKinds: ['rbac.authorization.k8s.io/ClusterRole'],
    });
    expect(deleted(cluster)).toEqual([]);
  });

  it('asks no cluster in a dry run', async () => {
    const access = new FakeClusterAccess(new FakeCluster());
    await run(new FakeCluster(), {}, { access, isDryRun: true });
    expect(access.requests).toEqual([]);
  });

  it('stops when the task is cancelled', async () => {
    const cluster = await prepared();
    await expect(
      runAction(
        createPlatformRemoveAction({ access: new FakeClusterAccess(cluster) }),
        {
          input: { cluster: 'dev', confirmCluster: 'dev' },
          workspacePath,
          signal: AbortSignal.abort(new Error('cancelled')),
        },
      ),
    ).rejects.toThrow('cancelled');
    expect(deleted(cluster)).toEqual([]);
  });
});
