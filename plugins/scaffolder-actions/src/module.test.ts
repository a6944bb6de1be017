import { startedActions } from './__testUtils__/startedActions';

describe('scaffolderModuleSportsbookScaling', () => {
  it('adds all actions, each with description, schemas, examples and dry run', async () => {
    const actions = await startedActions({});
    expect(actions.map(action => action.id).sort()).toEqual([
      'catalog:unregister',
      'delivery:describe',
      'delivery:instructions',
      'fetch:handlebars',
      'git:check',
      'gitops:register',
      'gitops:unregister',
      'gitops:wait',
      'image:delete',
      'kubernetes:apply',
      'kubernetes:delete',
      'kubernetes:wait',
      'platform:inspect',
      'platform:install',
      'platform:remove',
      'publish:image',
      'repository:archive',
      'scaling:verify',
      'service:describe',
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
      await expect(startedActions(config)).rejects.toThrow(message);
    },
  );
});
