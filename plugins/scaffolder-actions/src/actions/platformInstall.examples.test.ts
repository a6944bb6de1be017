import { FakeCluster } from '@sportsbook/plugin-sportsbook-scaling-node/testUtils';
import { createMockDirectory } from '../__testUtils__/createMockDirectory';
import { runAction } from '../__testUtils__/actionRun';
import { exampleSteps } from '../__testUtils__/exampleSteps';
import { FakeClusterAccess } from '../__testUtils__/FakeClusterAccess';
import {
  bareCluster,
  platformSettings,
  releaseReader,
} from '../__testUtils__/platformRelease';
import { createPlatformInstallAction } from './platformInstall';
import { examples } from './platformInstall.examples';

describe('examples of platform:install', () => {
  const workspacePath = createMockDirectory().path;

  const run = (index: number, cluster: FakeCluster, signal?: AbortSignal) =>
    runAction(
      createPlatformInstallAction({
        access: new FakeClusterAccess(cluster),
        reader: releaseReader().reader,
        settings: platformSettings,
      }),
      { input: exampleSteps(examples[index])[0].input, workspacePath, signal },
    );

  it(`${examples[0].description}`, async () => {
    const cluster = bareCluster();
    const { lines } = await run(0, cluster);
    expect(lines.at(-1)).toContain('nothing was changed');
    expect(cluster.written()).toEqual([]);
  });

  it(`${examples[1].description}, until the task is cancelled`, async () => {
    const cluster = bareCluster();
    const cancelled = new AbortController();
    // No controller makes the Deployment available here.
    const written = cluster.apply.bind(cluster);
    cluster.apply = async (object, options) => {
      const result = await written(object, options);
      if (object.kind === 'Deployment' && options?.dryRun !== true) {
        setTimeout(() => cancelled.abort(new Error('cancelled')), 50);
      }
      return result;
    };
    await expect(run(1, cluster, cancelled.signal)).rejects.toThrow(
      'cancelled',
    );
    expect(cluster.written()).toEqual(
      expect.arrayContaining([
        'CustomResourceDefinition scaledobjects.keda.sh',
        'Deployment prometheus-operator/prometheus-operator',
      ]),
    );
  });

  it(`${examples[2].description}, only where the definitions are there`, async () => {
    const cluster = bareCluster();
    await expect(run(2, cluster)).rejects.toThrow(
      'definitions belong to the whole cluster',
    );
    expect(cluster.written()).toEqual([]);
  });
});
