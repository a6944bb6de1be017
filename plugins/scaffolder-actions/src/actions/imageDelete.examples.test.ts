import { ConfigReader } from '@backstage/config';
import { createMockDirectory } from '../__testUtils__/createMockDirectory';
import { runAction } from '../__testUtils__/actionRun';
import { exampleSteps } from '../__testUtils__/exampleSteps';
import { FakeRegistry } from '../__testUtils__/FakeRegistry';
import { readImageSettings } from '../image/imageSettings';
import { createImageDeleteAction } from './imageDelete';
import { examples } from './imageDelete.examples';

describe('examples of image:delete', () => {
  const workspace = createMockDirectory();

  it.each(examples.map(example => [example.description, example] as const))(
    '%s',
    async (_, example) => {
      const registry = await FakeRegistry.start();
      try {
        registry.addImage('odds-api', '1', {
          os: 'linux',
          architecture: 'amd64',
          layer: Buffer.from('a'),
        });
        const { outputs } = await runAction(
          createImageDeleteAction({
            settings: readImageSettings(
              new ConfigReader({
                sportsbookScaling: {
                  image: { registry: registry.host, insecure: true },
                },
              }),
            ),
          }),
          {
            input: exampleSteps(example)[0].input,
            workspacePath: workspace.path,
          },
        );
        expect(outputs.removedDigests).toHaveLength(1);
      } finally {
        await registry.stop();
      }
    },
  );
});
