import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { TemplateAction } from '@backstage/plugin-scaffolder-node';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { JsonObject } from '@backstage/types';
import { scaffolderModuleSportsbookScaling } from './module';

async function start(sportsbookScaling: JsonObject) {
  const actions: TemplateAction[] = [];
  const backend = await startTestBackend({
    extensionPoints: [
      [
        scaffolderActionsExtensionPoint,
        { addActions: (...added) => actions.push(...added) },
      ],
    ],
    features: [
      scaffolderModuleSportsbookScaling,
      mockServices.rootConfig.factory({ data: { sportsbookScaling } }),
    ],
  });
  await backend.stop();
  return actions;
}

describe('scaffolderModuleSportsbookScaling', () => {
  it('adds all six actions, each with description, schemas, examples and dry run', async () => {
    const actions = await start({});
    expect(actions.map(action => action.id).sort()).toEqual([
      'fetch:handlebars',
      'kubernetes:apply',
      'kubernetes:delete',
      'kubernetes:wait',
      'publish:image',
      'scaling:verify',
    ]);
    for (const action of actions) {
      expect(action).toMatchObject({
        description: expect.stringMatching(/\w/),
        supportsDryRun: true,
        schema: {
          input: expect.objectContaining({ type: 'object' }),
          output: expect.objectContaining({ type: 'object' }),
        },
      });
      expect(action.examples?.length).toBeGreaterThan(0);
    }
  });

  it.each([
    [
      'rules',
      { apply: { rules: [{ users: ['ada'] }] } },
      /sportsbookScaling\.apply\.rules\[0\]\.users\[0\]/,
    ],
    [
      'clusters',
      { clusters: [{ name: 'dev', access: 'any' }] },
      /sportsbookScaling\.clusters\[0\]\.access/,
    ],
    [
      'image',
      { image: { registry: 'http://registry' } },
      /sportsbookScaling\.image\.registry: must be host or host:port/,
    ],
    [
      'skeleton',
      { skeleton: { directory: '/does/not/exist' } },
      /there is no folder \/does\/not\/exist/,
    ],
  ])(
    'does not start with a wrong configuration of %s',
    async (_title, config, message) => {
      await expect(start(config)).rejects.toThrow(message);
    },
  );
});
