import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { JsonObject } from '@backstage/types';
import { FakeGitHost } from '../__testUtils__/FakeGitHost';
import { checkRepository } from './checkRepository';
import { GitHost } from './gitHosts';

const integrationsOf = (integrations: JsonObject) =>
  ScmIntegrations.fromConfig(new ConfigReader({ integrations }));

/** Kind, its integration, and the two addresses that have to be asked. */
const KINDS: [
  GitHost,
  (host: string) => JsonObject,
  { repository: string; owner: string; authorization: string },
][] = [
  [
    'gitea',
    host => ({ host, baseUrl: `http://${host}`, username: 'u', password: 'p' }),
    {
      repository: '/api/v1/repos/trading/odds-api',
      owner: '/api/v1/orgs/trading',
      authorization: 'basic dTpw',
    },
  ],
  [
    'github',
    host => ({ host, apiBaseUrl: `http://${host}/api/v3`, token: 't' }),
    {
      repository: '/api/v3/repos/trading/odds-api',
      owner: '/api/v3/users/trading',
      authorization: 'Bearer t',
    },
  ],
  [
    'gitlab',
    host => ({
      host,
      baseUrl: `http://${host}`,
      apiBaseUrl: `http://${host}/api/v4`,
      token: 'glpat-t',
    }),
    {
      repository: '/api/v4/projects/trading%2Fodds-api',
      owner: '/api/v4/namespaces/trading',
      authorization: 'Bearer glpat-t',
    },
  ],
  [
    'bitbucketServer',
    host => ({ host, apiBaseUrl: `http://${host}/rest/api/1.0`, token: 't' }),
    {
      repository: '/rest/api/1.0/projects/trading/repos/odds-api',
      owner: '/rest/api/1.0/projects/trading',
      authorization: 'Bearer t',
    },
  ],
];

describe('checkRepository', () => {
  let gitHost: FakeGitHost;

  beforeEach(async () => {
    gitHost = await FakeGitHost.start();
  });

  afterEach(() => gitHost.close());

  const check = (
    type: GitHost,
    integration: JsonObject,
    options: { signal?: AbortSignal } = {},
  ) =>
    checkRepository(
      { type, host: gitHost.host, owner: 'trading', name: 'odds-api' },
      { integrations: integrationsOf({ [type]: [integration] }), ...options },
    );

  describe.each(KINDS)('on %s', (type, integrationOf, paths) => {
    const integration = () => integrationOf(gitHost.host);

    it('lets a free name of a known owner pass, asking with our account', async () => {
      gitHost.answers[paths.owner] = 200;
      await check(type, integration());
      expect(
        gitHost.questions.map(({ question, headers }) => [
          question,
          headers.authorization,
        ]),
      ).toEqual([
        [`GET ${paths.repository}`, paths.authorization],
        [`GET ${paths.owner}`, paths.authorization],
      ]);
    });

    it('refuses a name that is taken', async () => {
      gitHost.answers[paths.repository] = 200;
      await expect(check(type, integration())).rejects.toMatchObject({
        name: 'GitHostError',
        reason: 'taken',
        message: expect.stringContaining(
          `${gitHost.host} has a repository trading/odds-api already`,
        ),
      });
    });

    it('refuses an owner that the host does not know', async () => {
      await expect(check(type, integration())).rejects.toMatchObject({
        reason: 'ownerMissing',
        message: expect.stringContaining(`'trading'`),
      });
    });

    it.each([401, 403])('names the credentials on %d', async status => {
      gitHost.answers[paths.repository] = status;
      await expect(check(type, integration())).rejects.toMatchObject({
        reason: 'denied',
        message: expect.stringContaining(`integrations.${type}`),
      });
    });
  });

  const gitea = () => KINDS[0][1](gitHost.host);

  it.each([500, 503, 429])(
    'tells a host that answers %d from one that refuses',
    async status => {
      gitHost.answers[KINDS[0][2].repository] = status;
      await expect(check('gitea', gitea())).rejects.toMatchObject({
        reason: 'unreachable',
        message: expect.stringContaining(`with ${status}`),
      });
    },
  );

  it('says that an answer is none of a git host', async () => {
    gitHost.answers[KINDS[0][2].repository] = 418;
    await expect(check('gitea', gitea())).rejects.toMatchObject({
      reason: 'unexpected',
    });
  });

  it('says why a host that is down cannot be reached', async () => {
    const integration = gitea();
    const { host } = gitHost;
    await gitHost.close();
    await expect(
      checkRepository(
        { type: 'gitea', host, owner: 'trading', name: 'odds-api' },
        { integrations: integrationsOf({ gitea: [integration] }) },
      ),
    ).rejects.toMatchObject({
      reason: 'unreachable',
      message: expect.stringContaining('ECONNREFUSED'),
    });
    gitHost = await FakeGitHost.start();
  });

  it('ends with the reason of the one who aborts it', async () => {
    gitHost.answers[KINDS[0][2].repository] = 'never';
    const controller = new AbortController();
    const pending = check('gitea', gitea(), { signal: controller.signal });
    controller.abort(new Error('the task was cancelled'));
    await expect(pending).rejects.toThrow('the task was cancelled');
  });

  it('refuses a host that integrations has as another kind', async () => {
    await expect(
      checkRepository(
        {
          type: 'gitlab',
          host: gitHost.host,
          owner: 'trading',
          name: 'odds-api',
        },
        { integrations: integrationsOf({ gitea: [gitea()] }) },
      ),
    ).rejects.toMatchObject({
      reason: 'unknown',
      message: expect.stringContaining('integrations.gitlab has no such host'),
    });
    expect(gitHost.questions).toEqual([]);
  });

  it('refuses a host for which there are no credentials, without asking it', async () => {
    await expect(
      check('gitea', { host: gitHost.host, baseUrl: gitHost.url }),
    ).rejects.toMatchObject({
      reason: 'denied',
      message: expect.stringContaining('has no credentials'),
    });
    expect(gitHost.questions).toEqual([]);
  });

  it('asks Bitbucket Cloud for the workspace', async () => {
    const asked: string[] = [];
    const original = globalThis.fetch;
    // The address of Bitbucket Cloud is the one thing that no configuration changes.
    globalThis.fetch = async (input, init) => {
      asked.push(String(input));
      return original(
        String(input).replace('https://api.bitbucket.org', gitHost.url),
        init,
      );
    };
    try {
      gitHost.answers['/2.0/workspaces/trading'] = 200;
      await checkRepository(
        {
          type: 'bitbucketCloud',
          host: 'bitbucket.org',
          owner: 'trading',
          name: 'odds-api',
        },
        {
          integrations: integrationsOf({
            bitbucketCloud: [{ username: 'u', appPassword: 'p' }],
          }),
        },
      );
    } finally {
      globalThis.fetch = original;
    }
    expect(asked).toEqual([
      'https://api.bitbucket.org/2.0/repositories/trading/odds-api',
      'https://api.bitbucket.org/2.0/workspaces/trading',
    ]);
  });
});
