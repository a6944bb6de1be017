import { createMockDirectory } from '../__testUtils__/createMockDirectory';
import { runAction } from '../__testUtils__/actionRun';
import { exampleSteps } from '../__testUtils__/exampleSteps';
import { FakeClusterAccess } from '../__testUtils__/FakeClusterAccess';
import { bareCluster } from '../__testUtils__/platformRelease';
import { createPlatformRemoveAction } from './platformRemove';
import { examples } from './platformRemove.examples';

const NAMESPACE = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'keda', labels: { 'sportsbook-scaling/platform': 'keda' } },
};

describe('examples of platform:remove', () => {
  const workspacePath = createMockDirectory().path;

  it.each([
    [examples[0], false],
    [examples[1], true],
  ])('$description', async (example, isDeleted) => {
    const cluster = bareCluster();
    await cluster.apply(NAMESPACE);
    const { outputs } = await runAction(
      createPlatformRemoveAction({ access: new FakeClusterAccess(cluster) }),
      { input: exampleSteps(example)[0].input, workspacePath },
    );
    expect(outputs.changeSet).toMatchObject([
      { ref: { kind: 'Namespace', name: 'keda' }, action: 'deleted' },
    ]);
    expect(
      (await cluster.get({ apiVersion: 'v1', kind: 'Namespace', name: 'keda' }))
        ?.metadata.name,
    ).toBe(isDeleted ? undefined : 'keda');
  });
});
