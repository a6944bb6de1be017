import { createMockDirectory } from '../__testUtils__/createMockDirectory';
import { runAction } from '../__testUtils__/actionRun';
import { exampleSteps } from '../__testUtils__/exampleSteps';
import { FakeClusterAccess } from '../__testUtils__/FakeClusterAccess';
import { bareCluster } from '../__testUtils__/platformRelease';
import { createPlatformInspectAction } from './platformInspect';
import { examples } from './platformInspect.examples';

describe('examples of platform:inspect', () => {
  const workspacePath = createMockDirectory().path;

  const run = (index: number) =>
    runAction(
      createPlatformInspectAction({
        access: new FakeClusterAccess(bareCluster()),
      }),
      { input: exampleSteps(examples[index])[0].input, workspacePath },
    );

  it(`${examples[0].description}`, async () => {
    expect((await run(0)).outputs.summary).toContain('| KEDA | absent |');
  });

  it(`${examples[1].description}`, async () => {
    await expect(run(1)).rejects.toThrow('do not scale on cluster');
  });
});
