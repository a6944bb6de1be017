import {
  addExternalMetrics,
  addKeda,
  addOperator,
  bareCluster,
  define,
} from './__testUtils__/platformClusters';
import { decidePlatform } from './decidePlatform';
import { OPERATOR_DEFINITIONS } from './definitionNames';
import { inspectPlatform } from './inspect';
import { ComponentReport, PlatformReach } from './PlatformReport';
import { FakeCluster } from '../testUtils';

const versions = { prometheusOperator: '0.93.0', keda: '2.20.2' };

async function decide(
  cluster: FakeCluster,
  reach: PlatformReach = 'cluster',
  change: (found: {
    prometheusOperator: ComponentReport;
    keda: ComponentReport;
  }) => void = () => {},
) {
  const report = await inspectPlatform({ client: cluster, reach });
  change(report);
  return decidePlatform(report, {
    versions,
    scope: reach === 'cluster' ? 'cluster' : 'namespace',
  });
}

const ours =
  (version: string) =>
  (found: { prometheusOperator: ComponentReport; keda: ComponentReport }) => {
    for (const report of [found.prometheusOperator, found.keda]) {
      report.owner = 'ours';
      report.version = version;
    }
  };

describe('decidePlatform', () => {
  it('installs what is missing, and only that', async () => {
    const cluster = bareCluster();
    expect(await decide(cluster)).toMatchObject([
      { component: 'prometheusOperator', verdict: 'install', to: '0.93.0' },
      { component: 'keda', verdict: 'install', to: '2.20.2' },
    ]);
    await addKeda(cluster);
    expect(await decide(cluster)).toMatchObject([
      { verdict: 'install' },
      { verdict: 'keep' },
    ]);
  });

  it('leaves alone what others have installed, however old or broken', async () => {
    const cluster = bareCluster();
    await addOperator(cluster, { version: '0.50.0' });
    await addKeda(cluster, { isAvailable: false });
    expect(await decide(cluster)).toMatchObject([
      { verdict: 'keep', from: '0.50.0' },
      { verdict: 'keep', from: '2.20.2' },
    ]);
  });

  it('brings a controller to definitions that nobody serves', async () => {
    const cluster = bareCluster();
    await define(cluster, OPERATOR_DEFINITIONS, '0.90.0');
    expect((await decide(cluster))[0]).toMatchObject({
      verdict: 'install',
      reason: expect.stringContaining('stay as they are'),
    });
  });

  it('upgrades its own, puts them right at the same version, and never downgrades', async () => {
    const cluster = bareCluster();
    await addOperator(cluster);
    await addKeda(cluster);
    expect(await decide(cluster, 'cluster', ours('0.90.0'))).toMatchObject([
      { verdict: 'upgrade', from: '0.90.0', to: '0.93.0' },
      { verdict: 'upgrade', from: '0.90.0', to: '2.20.2' },
    ]);
    expect(await decide(cluster, 'cluster', ours('0.93.0'))).toMatchObject([
      { verdict: 'ensure' },
      { verdict: 'upgrade' },
    ]);
    expect(await decide(cluster, 'cluster', ours('3.0.0'))).toMatchObject([
      { verdict: 'keep', reason: expect.stringContaining('ever downgraded') },
      { verdict: 'keep' },
    ]);
  });

  it('refuses KEDA where somebody else answers for external metrics', async () => {
    const cluster = bareCluster();
    addExternalMetrics(cluster, {
      namespace: 'monitoring',
      service: 'prometheus-adapter',
    });
    expect((await decide(cluster))[1]).toMatchObject({
      verdict: 'refuse',
      reason: expect.stringContaining(
        'belongs to Service monitoring/prometheus-adapter',
      ),
    });
  });

  it('refuses to install what may be there already, unseen', async () => {
    const cluster = bareCluster();
    await addKeda(cluster);
    cluster.denied.add('list deployments');
    expect((await decide(cluster))[1]).toMatchObject({ verdict: 'refuse' });
  });

  it('refuses a second operator over those of single namespaces', async () => {
    const cluster = bareCluster();
    await addOperator(cluster, { args: ['--namespaces=monitoring'] });
    expect((await decide(cluster))[0]).toMatchObject({
      verdict: 'refuse',
      reason: expect.stringContaining('single namespaces (monitoring)'),
    });
  });

  it('runs an operator for one namespace where the definitions are there, and leaves KEDA to others', async () => {
    const cluster = bareCluster();
    const reach = { namespace: 'default' };
    expect(await decide(cluster, reach)).toMatchObject([
      { verdict: 'refuse', reason: expect.stringContaining('lacks') },
      { verdict: 'keep', reason: expect.stringContaining('KEDA is missing') },
    ]);
    await define(cluster, OPERATOR_DEFINITIONS, '0.93.0');
    expect((await decide(cluster, reach))[0]).toMatchObject({
      verdict: 'install',
    });
  });
});
