import { ClusterForbiddenError } from '@sportsbook/plugin-sportsbook-scaling-node';
import { FakeCluster } from '@sportsbook/plugin-sportsbook-scaling-node/testUtils';
import { clusterPlatform } from './clusterPlatform';

function clusterOf(architecture: string): FakeCluster {
  const cluster = new FakeCluster();
  cluster.seed({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'one' },
    status: { nodeInfo: { architecture, operatingSystem: 'linux' } },
  });
  return cluster;
}

it("is that of the cluster's nodes", async () => {
  expect(await clusterPlatform(clusterOf('arm64'), 'dev')).toEqual({
    os: 'linux',
    architecture: 'arm64',
  });
});

it('has to be configured where nodes may not be listed', async () => {
  const cluster = clusterOf('arm64');
  cluster.denied.add('list nodes');
  await expect(clusterPlatform(cluster, 'dev')).rejects.toMatchObject({
    name: 'InputError',
    message: expect.stringContaining('set sportsbookScaling.image.platform'),
    cause: expect.any(ClusterForbiddenError),
  });
});

it('is not taken for forbidden where something else fails', async () => {
  const cluster = clusterOf('arm64');
  cluster.list = async () => {
    throw new Error('the connection broke');
  };
  await expect(clusterPlatform(cluster, 'dev')).rejects.toThrow(
    /^the connection broke$/,
  );
});
