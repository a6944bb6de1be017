import { randomBytes } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { commitFiles, git } from './__testUtils__/git';
import {
  TestGitHost,
  authorization,
  credentials,
  startGitHost,
} from './__testUtils__/startGitHost';
import { silentLogger } from './__testUtils__/silentLogger';
import { createGitHost } from './createGitHost';

// Each step runs git or a whole backend; a busy machine takes its time.
jest.setTimeout(60_000);

async function pushTo(
  host: TestGitHost,
  files: Record<string, string | Buffer>,
  branch = 'main',
) {
  expect((await host.createRepository({ name: 'odds-api' })).status).toBe(201);
  const directory = join(host.scratch, 'work');
  const commit = await commitFiles({ directory, branch, files });
  const remote = `${host.urlWithAccount}/sportsbook/odds-api.git`;
  await git(directory, 'push', '--quiet', remote, branch);
  return { directory, commit, remote };
}

describe('createGitHost', () => {
  let host: TestGitHost;

  beforeEach(async () => {
    host = await startGitHost();
  });

  afterEach(() => host.close());

  const pushed = (files: Record<string, string | Buffer>, branch = 'main') =>
    pushTo(host, files, branch);

  describe('cloning and pushing', () => {
    it('gives back, to anybody, what the account pushed', async () => {
      const { commit } = await pushed({ 'k8s/a.yaml': 'a: 1\n' });

      const clone = join(host.scratch, 'clone');
      await git(
        host.scratch,
        'clone',
        '--quiet',
        `${host.url}/sportsbook/odds-api.git`,
        clone,
      );

      expect(await git(clone, 'rev-parse', 'HEAD')).toBe(commit);
      expect(await readFile(join(clone, 'k8s/a.yaml'), 'utf8')).toBe('a: 1\n');
    });

    it('carries large packs in both directions', async () => {
      const content = randomBytes(8 * 1024 * 1024);
      await pushed({ 'large.bin': content });

      const clone = join(host.scratch, 'clone');
      await git(
        host.scratch,
        'clone',
        '--quiet',
        `${host.url}/sportsbook/odds-api.git`,
        clone,
      );

      expect(content.equals(await readFile(join(clone, 'large.bin')))).toBe(
        true,
      );
    });

    it('accepts a second push and fetches it', async () => {
      const { directory, remote } = await pushed({ a: '1' });
      const clone = join(host.scratch, 'clone');
      await git(
        host.scratch,
        'clone',
        '--quiet',
        `${host.url}/sportsbook/odds-api.git`,
        clone,
      );

      await git(directory, 'commit', '--allow-empty', '-m', 'second');
      await git(directory, 'push', '--quiet', remote, 'main');
      await git(clone, 'pull', '--quiet');

      expect(await git(clone, 'log', '-1', '--format=%s')).toBe('second');
    });

    it('refuses a push that would throw commits of others away', async () => {
      await pushed({ a: '1' });
      const other = join(host.scratch, 'other');
      await commitFiles({ directory: other, files: { b: '2' } });

      await expect(
        git(
          other,
          'push',
          `${host.urlWithAccount}/sportsbook/odds-api.git`,
          'main',
        ),
      ).rejects.toThrow(/rejected/);
    });

    it('refuses a push without the account', async () => {
      await host.createRepository({ name: 'odds-api' });
      const directory = join(host.scratch, 'work');
      await commitFiles({ directory, files: { a: '1' } });

      await expect(
        git(directory, 'push', `${host.url}/sportsbook/odds-api.git`, 'main'),
      ).rejects.toThrow(/could not read Username/);

      const direct = await fetch(
        `${host.url}/sportsbook/odds-api.git/git-receive-pack`,
        { method: 'POST', body: '0000' },
      );
      expect(direct.status).toBe(401);
    });

    it('lets everybody read an archived repository, and nobody push to it', async () => {
      const { directory, remote } = await pushed({ a: '1' });
      const archive = (archived: unknown, headers = {}) =>
        fetch(`${host.url}/api/v1/repos/sportsbook/odds-api`, {
          method: 'PATCH',
          headers: { 'content-type': 'application/json', ...headers },
          body: JSON.stringify({ archived }),
        });
      const account = authorization;

      expect((await archive(true)).status).toBe(401);
      expect((await archive('yes', account)).status).toBe(422);
      expect(await (await archive(true, account)).json()).toMatchObject({
        full_name: 'sportsbook/odds-api',
        archived: true,
      });

      await commitFiles({ directory, files: { b: '2' } });
      await expect(
        git(directory, 'push', '--quiet', remote, 'main'),
      ).rejects.toThrow(/403/);
      await git(host.scratch, 'clone', '--quiet', remote, 'archived-clone');
      const shown = await fetch(`${host.url}/sportsbook/odds-api`);
      expect(await shown.text()).toContain('Archived: it can be read');

      expect((await archive(false, account)).status).toBe(200);
      await git(directory, 'push', '--quiet', remote, 'main');
    });

    it('refuses wrong credentials also for reading', async () => {
      await pushed({ a: '1' });

      const answer = await fetch(
        `${host.url}/api/v1/repos/sportsbook/odds-api`,
        {
          headers: {
            authorization: `Basic ${Buffer.from('backstage:guess').toString(
              'base64',
            )}`,
          },
        },
      );

      expect(answer.status).toBe(401);
    });

    it('lets a clone check out the only branch, whatever its name', async () => {
      const { commit } = await pushed({ a: '1' }, 'trunk');

      const clone = join(host.scratch, 'clone');
      await git(
        host.scratch,
        'clone',
        '--quiet',
        `${host.url}/sportsbook/odds-api.git`,
        clone,
      );

      expect(await git(clone, 'rev-parse', 'HEAD')).toBe(commit);
    });

    it('does not serve the files of the repository themselves', async () => {
      await pushed({ a: '1' });
      const repository = `${host.url}/sportsbook/odds-api.git`;

      expect((await fetch(`${repository}/info/refs`)).status).toBe(403);
      expect((await fetch(`${repository}/config`)).status).toBe(404);
      expect((await fetch(`${repository}/HEAD`)).status).toBe(404);
    });
  });

  describe('creating repositories', () => {
    it('answers with the addresses of the new repository', async () => {
      const answer = await host.createRepository({
        name: 'odds-api',
        description: 'Odds',
        private: false,
      });

      expect(answer.status).toBe(201);
      expect(await answer.json()).toMatchObject({
        full_name: 'sportsbook/odds-api',
        description: 'Odds',
        default_branch: 'main',
        clone_url: `${host.url}/sportsbook/odds-api.git`,
      });
    });

    it('is refused with 409 when one with content exists', async () => {
      await pushed({ a: '1' });

      const answer = await host.createRepository({ name: 'odds-api' });

      expect(answer.status).toBe(409);
      expect(await answer.json()).toEqual({
        message: expect.stringContaining('sportsbook/odds-api already exists'),
      });
    });

    it('gives back an empty one, so that an interrupted publication can be repeated', async () => {
      await host.createRepository({ name: 'odds-api' });

      expect((await host.createRepository({ name: 'odds-api' })).status).toBe(
        201,
      );
    });

    it('creates one repository when many ask for it at once', async () => {
      const answers = await Promise.all(
        Array.from({ length: 8 }, () =>
          host.createRepository({ name: 'odds-api' }),
        ),
      );

      expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(201));
      const page = await (await fetch(`${host.url}/sportsbook`)).text();
      expect(page.match(/<li><a/g)).toHaveLength(1);
    });

    it.each([
      '../evil',
      '..',
      '.git',
      '-rf',
      'a/b',
      'a.git',
      'a..b',
      '',
      'a'.repeat(101),
    ])('refuses the name %j and says what is allowed', async name => {
      const answer = await host.createRepository({ name });

      expect(answer.status).toBe(422);
      expect((await answer.json()).message).toMatch(/name must be 1 to 100/);
      await expect(stat(join(host.scratch, 'evil.git'))).rejects.toThrow(
        /ENOENT/,
      );
    });

    it('refuses a private repository, which it could not keep private', async () => {
      const answer = await host.createRepository({ name: 'a', private: true });

      expect(answer.status).toBe(422);
      expect((await answer.json()).message).toMatch(/can read/);
    });

    it('needs the account', async () => {
      const answer = await fetch(`${host.url}/api/v1/orgs/sportsbook/repos`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"name":"a"}',
      });

      expect(answer.status).toBe(401);
    });

    it('knows its own owner only', async () => {
      const org = (name: string) => fetch(`${host.url}/api/v1/orgs/${name}`);

      expect((await org('sportsbook')).status).toBe(200);
      expect((await org('casino')).status).toBe(404);
    });
  });

  it('refuses a request for a host name that is not its own', async () => {
    const status = await new Promise(resolve => {
      request(
        `${host.url}/sportsbook`,
        { headers: { host: 'evil.example' } },
        answer => {
          answer.resume();
          resolve(answer.statusCode);
        },
      ).end();
    });

    expect(status).toBe(421);
  });

  describe('pages', () => {
    it('list the files of a commit, folders first, with what they are called escaped', async () => {
      await pushed({ '<b>.txt': 'x', 'k8s/a.yaml': 'a' });

      const answer = await fetch(
        `${host.url}/sportsbook/odds-api/src/branch/main`,
      );
      const text = await answer.text();

      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-security-policy')).toContain(
        "default-src 'none'",
      );
      expect(text).toContain('&lt;b&gt;.txt');
      expect(text).not.toContain('<b>.txt');
      expect(text.indexOf('>k8s/<')).toBeLessThan(text.indexOf('&lt;b&gt;'));
      expect(text).toContain(`${host.url}/sportsbook/odds-api.git`);
    });

    it('show a text file, and only the size of a binary one', async () => {
      await pushed({
        'k8s/a.yaml': 'a: <1>\n',
        'b.bin': Buffer.from([0, 1, 255]),
      });
      const root = `${host.url}/sportsbook/odds-api/src/branch/main`;

      const text = await (await fetch(`${root}/k8s/a.yaml`)).text();
      expect(text).toContain('a: &lt;1&gt;');
      expect(await (await fetch(`${root}/b.bin`)).text()).toContain('3 bytes');
    });

    it('lead from the repository to its default branch, or say that it is empty', async () => {
      await host.createRepository({ name: 'empty' });
      await pushed({ a: '1' });

      const branch = await fetch(`${host.url}/sportsbook/odds-api`);
      expect(branch.url).toBe(
        `${host.url}/sportsbook/odds-api/src/branch/main`,
      );
      expect(
        await (await fetch(`${host.url}/sportsbook/empty`)).text(),
      ).toContain('Nothing was pushed yet');
    });

    it('answer 404 for a branch that was never pushed', async () => {
      await pushed({ a: '1' });

      const answer = await fetch(
        `${host.url}/sportsbook/odds-api/src/branch/other`,
      );

      expect(answer.status).toBe(404);
      expect(await answer.text()).toContain('no branch');
    });
  });

  it('keeps repositories across a restart', async () => {
    await pushed({ a: '1' });
    const again = await createGitHost({
      directory: join(host.scratch, 'repositories'),
      owner: 'sportsbook',
      port: 0,
      credentials,
      logger: silentLogger,
    });

    const answer = await fetch(
      `${again.url}/api/v1/repos/sportsbook/odds-api/contents/a?ref=main`,
      { headers: authorization },
    );
    await again.close();

    expect(await answer.json()).toMatchObject({
      encoding: 'base64',
      content: Buffer.from('1').toString('base64'),
    });
  });

  it('refuses to listen where others could reach it', async () => {
    await expect(
      createGitHost({
        directory: join(host.scratch, 'repositories'),
        owner: 'sportsbook',
        host: '0.0.0.0',
        port: 0,
        credentials,
        logger: silentLogger,
      }),
    ).rejects.toThrow(/127.0.0.1, ::1 or localhost only, not on 0.0.0.0/);
  });

  it('rejects with the system error when the port is taken', async () => {
    await expect(
      createGitHost({
        directory: join(host.scratch, 'repositories'),
        owner: 'sportsbook',
        port: Number(new URL(host.url).port),
        credentials,
        logger: silentLogger,
      }),
    ).rejects.toThrow(/EADDRINUSE/);
  });
});

describe('createGitHost paths that leave the folder', () => {
  let host: TestGitHost;

  // Nothing here changes what the host has.
  beforeAll(async () => {
    host = await startGitHost();
    await pushTo(host, { 'README.md': 'read me' });
  });

  afterAll(() => host.close());

  const raw = (path: string) =>
    new Promise<number>((resolve, reject) => {
      // fetch would tidy the path up before it is sent.
      request(host.url, { path }, answer => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      })
        .once('error', reject)
        .end();
    });

  it.each([
    '/../../etc/passwd',
    '/sportsbook/..%2f..%2fetc.git/info/refs?service=git-upload-pack',
    '/..%2f/etc.git/info/refs?service=git-upload-pack',
    '/sportsbook/odds-api/src/branch/main/..%2f..%2fHEAD',
    '/sportsbook/odds-api/src/branch/main%3AREADME/x',
    '/sportsbook/odds-api/src/branch/HEAD~1',
    '/api/v1/repos/sportsbook/odds-api/contents/..%2f..%2fconfig',
    '/api/v1/repos/sportsbook/odds-api/git/commits/--all',
    '/api/v1/repos/sportsbook/odds-api/archive/--output=x.tar.gz',
    '/sportsbook/%zz',
  ])('%s is refused', async path => {
    expect([400, 404, 422]).toContain(await raw(path));
  });
});
