import { IncomingMessage, Server, createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { ConfigReader } from '@backstage/config';
import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  DefaultGithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import { createMockDirectory } from '../__testUtils__/createMockDirectory';
import { runAction } from '../__testUtils__/actionRun';
import { exampleSteps } from '../__testUtils__/exampleSteps';
import { createRepositoryArchiveAction } from './repositoryArchive';
import { examples } from './repositoryArchive.examples';

describe('repository:archive', () => {
  const workspace = createMockDirectory();
  let server: Server;
  let status: number;
  let calls: { method?: string; url?: string; auth?: string; body: string }[];

  const run = (repoUrl: string, isDryRun = false) => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const integrations = ScmIntegrations.fromConfig(
      new ConfigReader({
        integrations: {
          gitea: [
            {
              host: 'git.example.org',
              baseUrl: url,
              username: 'backstage',
              password: 'secret',
            },
          ],
          github: [
            { host: 'github.example.org', apiBaseUrl: url, token: 'secret' },
          ],
          gitlab: [
            { host: 'gitlab.example.org', apiBaseUrl: url, token: 'secret' },
          ],
          bitbucketCloud: [{ username: 'backstage', token: 'secret' }],
        },
      }),
    );
    return runAction(
      createRepositoryArchiveAction({
        integrations,
        githubCredentials:
          DefaultGithubCredentialsProvider.fromIntegrations(integrations),
      }),
      { input: { repoUrl }, workspacePath: workspace.path, isDryRun },
    );
  };

  beforeEach(async () => {
    status = 200;
    calls = [];
    server = createServer(async (request: IncomingMessage, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) {
        chunks.push(chunk);
      }
      const { method, url, headers } = request;
      calls.push({
        method,
        url,
        auth: headers.authorization ?? String(headers['private-token']),
        body: Buffer.concat(chunks).toString(),
      });
      response.writeHead(status).end('{}');
    });
    await new Promise<void>(resolve =>
      server.listen(0, '127.0.0.1', () => resolve()),
    );
  });

  afterEach(
    () =>
      new Promise<unknown>(resolve => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  );

  const basic = `basic ${Buffer.from('backstage:secret').toString('base64')}`;
  it.each([
    [
      'git.example.org?owner=sportsbook&repo=odds-api',
      {
        method: 'PATCH',
        url: '/api/v1/repos/sportsbook/odds-api',
        auth: basic,
        body: '{"archived":true}',
      },
    ],
    [
      'github.example.org?owner=sportsbook&repo=odds-api',
      {
        method: 'PATCH',
        url: '/repos/sportsbook/odds-api',
        auth: 'Bearer secret',
        body: '{"archived":true}',
      },
    ],
    [
      'gitlab.example.org?owner=betting%2Fcore&repo=odds-api',
      {
        method: 'POST',
        url: '/projects/betting%2Fcore%2Fodds-api/archive',
        auth: expect.stringContaining('secret'),
        body: '',
      },
    ],
  ])('archives %s', async (repoUrl, call) => {
    const { outputs } = await run(repoUrl);
    expect(calls).toEqual([call]);
    expect(outputs.summary).toMatch(/is archived: it can be read/);
  });

  it('runs its example', async () => {
    const { outputs } = await run(
      String(exampleSteps(examples[0])[0].input.repoUrl),
    );
    expect(outputs.summary).toContain('sportsbook/odds-api');
  });

  it('tells apart a repository that is not there and one that it may not change', async () => {
    const repoUrl = 'git.example.org?owner=sportsbook&repo=odds-api';
    status = 404;
    await expect(run(repoUrl)).rejects.toThrow(NotFoundError);
    status = 403;
    await expect(run(repoUrl)).rejects.toThrow(NotAllowedError);
    status = 500;
    await expect(run(repoUrl)).rejects.toThrow(/HTTP 500.*try again/);
  });

  it('says of a host that does not answer that nothing was archived', async () => {
    server.removeAllListeners('request');
    server.on('request', request => request.socket.destroy());
    await expect(
      run('git.example.org?owner=sportsbook&repo=odds-api'),
    ).rejects.toThrow(/does not answer.*was not archived/);
  });

  it('says of a host that has no archive what to do instead', async () => {
    const error = await run(
      'bitbucket.org?workspace=w&project=p&owner=sportsbook&repo=odds-api',
    ).catch(thrown => thrown);
    expect(error).toBeInstanceOf(InputError);
    expect(error.message).toMatch(/have no archive.*by hand/);
  });

  it('changes nothing in a dry run', async () => {
    await run('git.example.org?owner=sportsbook&repo=odds-api', true);
    expect(calls).toEqual([]);
  });
});
