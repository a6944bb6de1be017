import { ConfigReader } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import { createMockDirectory } from '../__testUtils__/createMockDirectory';
import { runAction } from '../__testUtils__/actionRun';
import { FakeRegistry } from '../__testUtils__/FakeRegistry';
import { ImageSettings, readImageSettings } from '../image/imageSettings';
import { createImageDeleteAction } from './imageDelete';

describe('image:delete', () => {
  const workspace = createMockDirectory();
  let registry: FakeRegistry;
  let settings: ImageSettings | undefined;

  const run = (input: JsonObject, isDryRun = false) =>
    runAction(createImageDeleteAction({ settings }), {
      input,
      workspacePath: workspace.path,
      isDryRun,
    });

  beforeEach(async () => {
    registry = await FakeRegistry.start();
    settings = readImageSettings(
      new ConfigReader({
        sportsbookScaling: {
          image: {
            registry: registry.host,
            insecure: true,
            repositoryPrefix: 'sportsbook',
          },
        },
      }),
    );
    for (const [tag, content] of [
      ['first', 'a'],
      ['second', 'b'],
      ['second-again', 'b'],
    ]) {
      registry.addImage('sportsbook/odds-api', tag, {
        os: 'linux',
        architecture: 'amd64',
        layer: Buffer.from(content),
      });
    }
    registry.addImage('sportsbook/other', 'first', {
      os: 'linux',
      architecture: 'amd64',
      layer: Buffer.from('a'),
    });
  });

  afterEach(() => registry.stop());

  it('removes each image of the repository once, and none of another', async () => {
    const { outputs } = await run({ name: 'odds-api' });
    expect(outputs.removedDigests).toHaveLength(2);
    expect(outputs.summary).toBe(
      `2 images of sportsbook/odds-api removed from registry ${registry.host}.`,
    );
    expect(registry.manifest('sportsbook/odds-api', 'first')).toBeUndefined();
    expect(registry.manifest('sportsbook/other', 'first')).toBeDefined();
  });

  it('says that there is nothing the second time', async () => {
    await run({ name: 'odds-api' });
    const { outputs } = await run({ name: 'odds-api' });
    expect(outputs).toEqual({
      removedDigests: [],
      summary: `Registry ${registry.host} has no image of sportsbook/odds-api.`,
    });
  });

  it('names the setting of a registry that removes nothing', async () => {
    registry.deleteStatus = 405;
    await expect(run({ name: 'odds-api' })).rejects.toMatchObject({
      reason: 'unsupported',
      message: expect.stringContaining('storage.delete.enabled'),
    });
  });

  it('keeps the images there and goes on, where it is asked to', async () => {
    registry.deleteStatus = 405;
    const { outputs, lines } = await run({
      name: 'odds-api',
      keepWhereUnsupported: true,
    });
    expect(outputs.summary).toMatch(/^The images of sportsbook.* were kept/);
    expect(lines[0]).toMatch(/^warn: Registry .* does not allow removing/);
  });

  it('does not take a refusal for an old registry', async () => {
    registry.deleteStatus = 403;
    await expect(
      run({ name: 'odds-api', keepWhereUnsupported: true }),
    ).rejects.toMatchObject({ reason: 'denied' });
  });

  it('asks no registry in a dry run', async () => {
    const { outputs } = await run({ name: 'odds-api' }, true);
    expect(outputs.summary).toMatch(/^Dry run/);
    expect(registry.requests).toEqual([]);
  });

  it('says what to configure where there is no registry', async () => {
    await expect(
      runAction(createImageDeleteAction({ settings: undefined }), {
        input: { name: 'odds-api' },
        workspacePath: workspace.path,
      }),
    ).rejects.toThrow(InputError);
  });
});
