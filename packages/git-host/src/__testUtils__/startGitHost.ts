import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGitHost } from '../createGitHost';
import { silentLogger } from './silentLogger';

export const credentials = { username: 'backstage', password: 'a-secret' };

const basic = Buffer.from('backstage:a-secret').toString('base64');

/** A header that proves to be the test host's account. */
export const authorization = { authorization: `Basic ${basic}` };

/** A real git host on a free port, with a scratch folder beside it. */
export async function startGitHost() {
  const scratch = await mkdtemp(join(tmpdir(), 'git-host-'));
  const gitHost = await createGitHost({
    directory: join(scratch, 'repositories'),
    owner: 'sportsbook',
    port: 0,
    credentials,
    logger: silentLogger,
  });
  const createRepository = (body: unknown) =>
    fetch(`${gitHost.url}/api/v1/orgs/sportsbook/repos`, {
      method: 'POST',
      headers: { ...authorization, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  return {
    url: gitHost.url,
    urlWithAccount: gitHost.url.replace('//', '//backstage:a-secret@'),
    scratch,
    createRepository,
    close: async () => {
      await gitHost.close();
      await rm(scratch, { recursive: true, force: true });
    },
  };
}

export type TestGitHost = Awaited<ReturnType<typeof startGitHost>>;
