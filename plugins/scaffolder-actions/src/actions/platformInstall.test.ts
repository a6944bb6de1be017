import { FakeCluster } from '@sportsbook/plugin-sportsbook-scaling-node/testUtils';
import { createMockDirectory } from '../__testUtils__/createMockDirectory';
import { runAction } from '../__testUtils__/actionRun';
import { FakeClusterAccess } from '../__testUtils__/FakeClusterAccess';
import {
  bareCluster,
  platformSettings,
  releaseReader,
  RELEASES,
} from '../__testUtils__/platformRelease';
import { createPlatformInstallAction } from './platformInstall';

describe('platform:install', () => {
  const workspacePath = createMockDirectory().path;

  const run = (
    input: object,
    options: {
      cluster?: FakeCluster;
      access?: FakeClusterAccess;
      releases?: ReturnType<typeof releaseReader>;
      isDryRun?: boolean;
      assertDirectDelivery?: (cluster: string) => void;
    } = {},
  ) => {
    const { cluster = bareCluster(), releases = releaseReader() } = options;
    return runAction(
      createPlatformInstallAction({
        access: options.access ?? new FakeClusterAccess(cluster),
        reader: releases.reader,
        settings: platformSettings,
        assertDirectDelivery: options.assertDirectDelivery,
      }),
      {
        input: { cluster: 'dev', ...input },
        workspacePath,
        isDryRun: options.isDryRun,
      },
    );
  };

  it('plans what is missing from the pinned releases, and writes nothing', async () => {
    const cluster = bareCluster();
    const { outputs } = await run({ plan: true }, { cluster });
    expect(outputs.decisions).toMatchObject([
      { component: 'prometheusOperator', verdict: 'install', to: '0.93.0' },
      { component: 'keda', verdict: 'install', to: '2.20.2' },
    ]);
    const names = (
      outputs.changeSet as { ref: { kind: string; name: string } }[]
    ).map(({ ref }) => `${ref.kind} ${ref.name}`);
    expect(names).toEqual(
      expect.arrayContaining([
        'CustomResourceDefinition prometheuses.monitoring.coreos.com',
        'CustomResourceDefinition scaledobjects.keda.sh',
        'ClusterRole sportsbook-scaling-prometheus-operator',
        'Deployment prometheus-operator',
        'Namespace prometheus-operator',
        'Namespace keda',
      ]),
    );
    expect(names).not.toContain(
      'CustomResourceDefinition alertmanagers.monitoring.coreos.com',
    );
    expect(cluster.written()).toEqual([]);
    expect(outputs.summary).toMatch(
      /^- Prometheus operator is missing, and 0\.93\.0 is installed\.\n/,
    );
  });

  it('brings all definitions of the bundle where they are wanted', async () => {
    const { outputs } = await run({ plan: true, definitions: 'all' });
    expect(JSON.stringify(outputs.changeSet)).toContain(
      'alertmanagers.monitoring.coreos.com',
    );
  });

  it('asks for every kind and namespace that it writes, before it writes any', async () => {
    const cluster = bareCluster();
    const access = new FakeClusterAccess(
      cluster,
      ({ clusterScopedKinds, kinds }) =>
        kinds.length === 0 || !clusterScopedKinds.includes('/Namespace'),
    );
    await expect(run({}, { access })).rejects.toThrow('not here');
    expect(access.requests.at(-1)).toMatchObject({
      namespaces: ['prometheus-operator'],
      kinds: expect.arrayContaining(['apps/Deployment']),
      clusterScopedKinds: expect.arrayContaining([
        'apiextensions.k8s.io/CustomResourceDefinition',
        'rbac.authorization.k8s.io/ClusterRole',
      ]),
    });
    expect(cluster.written()).toEqual([]);
  });

  it('refuses a release that is not what was pinned', async () => {
    const cluster = bareCluster();
    const url = platformSettings.releases.keda.url;
    await expect(
      run(
        {},
        { cluster, releases: releaseReader({ ...RELEASES, [url]: 'other' }) },
      ),
    ).rejects.toThrow('is not what was pinned');
    expect(cluster.written()).toEqual([]);
  });

  it('names all that is in the way at once, and reads no release for it', async () => {
    const cluster = bareCluster();
    cluster.seed({
      apiVersion: 'apiregistration.k8s.io/v1',
      kind: 'APIService',
      metadata: { name: 'v1beta1.external.metrics.k8s.io' },
      spec: { service: { namespace: 'default', name: 'prometheus-adapter' } },
    });
    const releases = releaseReader();
    await expect(run({}, { cluster, releases })).rejects.toMatchObject({
      name: 'PlatformRefusedError',
      message: expect.stringContaining(
        'belongs to Service default/prometheus-adapter',
      ),
    });
    expect(releases.read).toEqual([]);
  });

  it('plans, and does not install, where others deliver to the cluster', async () => {
    const assertDirectDelivery = () => {
      throw new Error('delivered to by Flux');
    };
    await expect(run({}, { assertDirectDelivery })).rejects.toThrow(
      'delivered to by Flux',
    );
    const { outputs } = await run({ plan: true }, { assertDirectDelivery });
    expect(outputs.changeSet).not.toEqual([]);
  });

  it('asks no cluster in a dry run', async () => {
    const access = new FakeClusterAccess(bareCluster());
    const { outputs } = await run({}, { access, isDryRun: true });
    expect(access.requests).toEqual([]);
    expect(outputs.changeSet).toEqual([]);
  });

  it('refuses a namespace that is none', async () => {
    await expect(run({ namespace: 'Betting!' })).rejects.toThrow('namespace');
  });
});
