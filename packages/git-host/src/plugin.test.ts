import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { gitHostPlugin } from './plugin';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(listening =>
    server.listen(0, '127.0.0.1', () => listening()),
  );
  const { port } = server.address() as AddressInfo;
  await new Promise(closed => server.close(closed));
  return port;
}

// Each step runs git or a whole backend; a busy machine takes its time.
jest.setTimeout(60_000);

describe('gitHostPlugin', () => {
  let scratch: string;

  beforeEach(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'git-host-plugin-'));
  });

  afterEach(() => rm(scratch, { recursive: true, force: true }));

  const start = (data: Parameters<typeof mockServices.rootConfig.factory>[0]) =>
    startTestBackend({
      features: [gitHostPlugin, mockServices.rootConfig.factory(data)],
    });

  it('serves while the backend runs and stops with it', async () => {
    const port = await freePort();
    const host = `127.0.0.1:${port}`;
    const backend = await start({
      data: {
        gitHost: { port, directory: join(scratch, 'repositories') },
        integrations: {
          gitea: [
            {
              host,
              baseUrl: `http://${host}`,
              username: 'backstage',
              password: 'a-secret',
            },
          ],
        },
      },
    });
    const ask = () => fetch(`http://${host}/api/v1/orgs/sportsbook`);

    expect((await ask()).status).toBe(200);
    await backend.stop();
    await expect(ask()).rejects.toThrow(/fetch failed/);
  });

  it('does nothing when no git host is configured or it is switched off', async () => {
    const port = await freePort();
    for (const gitHost of [
      undefined,
      { enabled: false, port, directory: scratch },
    ]) {
      const backend = await start({ data: gitHost ? { gitHost } : {} });
      await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow(
        /fetch failed/,
      );
      await backend.stop();
    }
  });

  it('says which entry is missing when Backstage would not know the account', async () => {
    await expect(
      start({ data: { gitHost: { port: 7100, directory: scratch } } }),
    ).rejects.toThrow(
      /integrations.gitea has no entry with host 127.0.0.1:7100, username and password/,
    );
  });
});
