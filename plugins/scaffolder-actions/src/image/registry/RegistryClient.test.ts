import { FakeRegistry } from '../../__testUtils__/FakeRegistry';
import { RegistryClient } from './RegistryClient';

const basic = `Basic ${Buffer.from('pusher:secret').toString('base64')}`;

describe('RegistryClient', () => {
  let registry: FakeRegistry;
  beforeEach(async () => {
    registry = await FakeRegistry.start();
  });
  afterEach(() => registry.stop());

  const client = (account: { username?: string; password?: string } = {}) =>
    new RegistryClient({ registry: registry.host, insecure: true, ...account });
  const account = { username: 'pusher', password: 'secret' };

  it('uses no credentials where a registry asks for none', async () => {
    expect(await client().access('team/api', 'pull')).toEqual({
      repository: 'team/api',
      authorization: undefined,
    });
  });

  it('uses the configured account where a registry asks for one', async () => {
    registry.requiredAuthorization = basic;
    expect(
      (await client(account).access('team/api', 'pull')).authorization,
    ).toBe(basic);
    await expect(client().access('team/api', 'pull')).rejects.toMatchObject({
      reason: 'denied',
      message: expect.stringContaining('no credentials are configured'),
    });
  });

  it('gets a token for the repository where a registry names a token service', async () => {
    registry.requiredAuthorization = 'Bearer t0ken';
    registry.tokenService = { credentials: basic, token: 't0ken' };
    const access = await client(account).access('team/api', 'pull,push');
    expect(access.authorization).toBe('Bearer t0ken');
    await client(account).assertPushable(access);
    await expect(
      client({ username: 'pusher', password: 'wrong' }).access('a', 'pull'),
    ).rejects.toMatchObject({
      name: 'ImageRegistryError',
      reason: 'denied',
      message: expect.stringMatching(
        /denies a token for a .*signed in as pusher/,
      ),
    });
  });

  it('begins a push and takes it back', async () => {
    const access = await client().access('team/api', 'pull,push');
    await client().assertPushable(access);
    expect(registry.requests.slice(1)).toEqual([
      'POST /v2/team/api/blobs/uploads/',
      expect.stringMatching(/^DELETE \/v2\/team\/api\/blobs\/uploads\/.+/),
    ]);
  });

  it('knows the platforms of single images and of indexes', async () => {
    const image = {
      os: 'linux',
      architecture: 'arm64',
      layer: Buffer.alloc(8),
    };
    registry.addImage('node', 'one', image);
    registry.addManifest(
      'node',
      'many',
      'application/vnd.oci.image.index.v1+json',
      {
        manifests: [
          { platform: { os: 'linux', architecture: 'amd64' } },
          { platform: { os: 'linux', architecture: 'arm64' } },
          { digest: 'sha256:0' },
        ],
      },
    );
    registry.addManifest('node', 'odd', 'text/plain', { hello: 'world' });
    const access = await client().access('node', 'pull');
    expect(await client().platforms(access, 'one')).toEqual(['linux/arm64']);
    expect(await client().platforms(access, 'many')).toEqual([
      'linux/amd64',
      'linux/arm64',
    ]);
    await expect(client().platforms(access, 'odd')).rejects.toThrow(
      'is not a container image',
    );
    await expect(client().platforms(access, 'none')).rejects.toMatchObject({
      reason: 'missing',
    });
  });

  it('tells an image that is there from one that is not', async () => {
    const access = await client().access('node', 'pull');
    expect(await client().hasImage(access, `sha256:${'0'.repeat(64)}`)).toBe(
      false,
    );
    registry.addManifest('node', 'x', 'application/json', {});
    expect(await client().hasImage(access, 'x')).toBe(true);
  });

  it('does not send its credentials by plain HTTP for a registry that is HTTPS', async () => {
    registry.requiredAuthorization = 'Bearer t0ken';
    registry.tokenService = { credentials: basic, token: 't0ken' };
    const secure = new RegistryClient({
      registry: registry.host,
      insecure: false,
      ...account,
    });
    await expect(secure.access('a', 'pull')).rejects.toMatchObject({
      reason: 'unreachable',
    });
    expect(registry.requests).toEqual([]);
  });

  it('passes a cancellation on as it is', async () => {
    await expect(
      client().access('a', 'pull', {
        signal: AbortSignal.abort(new Error('cancelled')),
      }),
    ).rejects.toThrow('cancelled');
  });
});
