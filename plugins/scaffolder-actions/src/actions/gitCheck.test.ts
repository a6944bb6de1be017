import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { runAction } from '../__testUtils__/actionRun';
import { exampleSteps } from '../__testUtils__/exampleSteps';
import { FakeGitHost } from '../__testUtils__/FakeGitHost';
import { createGitCheckAction } from './gitCheck';
import { examples } from './gitCheck.examples';

describe('git:check', () => {
  let gitHost: FakeGitHost;

  beforeEach(async () => {
    gitHost = await FakeGitHost.start();
    gitHost.answers['/api/v1/orgs/trading'] = 200;
  });

  afterEach(() => gitHost.close());

  const run = (input: object, options: { isDryRun?: boolean } = {}) =>
    runAction(
      createGitCheckAction({
        integrations: ScmIntegrations.fromConfig(
          new ConfigReader({
            integrations: {
              gitea: [
                {
                  host: gitHost.host,
                  baseUrl: gitHost.url,
                  username: 'u',
                  password: 'p',
                },
              ],
            },
          }),
        ),
      }),
      { input: { ...input }, workspacePath: '/', ...options },
    );

  it.each(examples.map(example => [example.description, example] as const))(
    'example: %s',
    async (_, example) => {
      const { input } = exampleSteps(example)[0];
      const { lines } = await run({ ...input, host: gitHost.host });
      expect(lines).toEqual([
        `info: ${gitHost.host} has the name trading/odds-api free.`,
      ]);
    },
  );

  it('gives the same answer again, and changes nothing', async () => {
    const input = {
      type: 'gitea',
      host: gitHost.host,
      owner: 'trading',
      name: 'odds-api',
    };
    await run(input);
    await run(input);
    expect(
      gitHost.questions.filter(({ question }) => !question.startsWith('GET')),
    ).toEqual([]);
  });

  it('lists what is wrong with its input', async () => {
    await expect(
      run({ type: 'subversion', host: 'http://x/', owner: 'o', name: 'n' }),
    ).rejects.toThrow(/type: [\s\S]*host: must be host or host:port/);
  });

  it('asks nobody in a dry run', async () => {
    const { lines } = await run(
      { type: 'gitea', host: gitHost.host, owner: 'trading', name: 'n' },
      { isDryRun: true },
    );
    expect(lines).toEqual([`info: Dry run: ${gitHost.host} was not asked.`]);
    expect(gitHost.questions).toEqual([]);
  });
});
