import {
  startTestRegistry,
  type TestRegistry,
} from '../__testUtils__/startTestRegistry';

describe('createImageStore', () => {
  let registry: TestRegistry;

  beforeAll(async () => {
    registry = await startTestRegistry();
  });

  afterAll(() => registry.remove());

  it('finds the built-in base image by its short name, for this machine', async () => {
    const lookup = await registry.images.find('node:22-slim');

    expect(lookup).toEqual({
      status: 'found',
      image: {
        digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
        config: {
          env: [
            'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
            'NODE_VERSION=22.1.0',
          ],
          entrypoint: ['docker-entrypoint.sh'],
          cmd: ['node'],
          workingDirectory: '',
          user: '',
          labels: { 'sportsbook-scaling.runs-only-in': 'embedded-cluster' },
        },
        layers: [
          {
            digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
            mediaType: 'application/vnd.oci.image.layer.v1.tar',
            sizeBytes: expect.any(Number),
          },
        ],
      },
    });
    const answer = await registry.call('/v2/library/node/manifests/22-slim');
    const { manifests } = await answer.json();
    expect(
      manifests.map(
        ({ platform }: { platform: { os: string; architecture: string } }) =>
          `${platform.os}/${platform.architecture}`,
      ),
    ).toEqual(['linux/amd64', 'linux/arm64']);
    expect(lookup.status === 'found' && lookup.image.digest).toBe(
      manifests[0].digest,
    );
  });

  it('reads what an image says about its process', async () => {
    await registry.pushImage({
      repository: 'odds',
      reference: 'v1',
      layer: Buffer.from('layer'),
      config: {
        Env: ['A=1'],
        Entrypoint: ['node', 'server.js'],
        WorkingDir: '/app',
        User: '1000',
        Cmd: null,
      },
    });

    const byAddress = await registry.images.find(`${registry.address}/odds:v1`);
    const port = registry.address.split(':')[1];
    const byName = await registry.images.find(`localhost:${port}/odds:v1`);

    expect(byAddress).toMatchObject({
      status: 'found',
      image: {
        config: {
          env: ['A=1'],
          entrypoint: ['node', 'server.js'],
          cmd: [],
          workingDirectory: '/app',
          user: '1000',
          labels: {},
        },
      },
    });
    expect(byName).toEqual(byAddress);
  });

  it('knows its images by the addresses that it had before', async () => {
    const former = registry.address;
    await registry.pushImage({
      repository: 'former',
      reference: 'v1',
      layer: Buffer.from('layer'),
    });
    await registry.restart({ port: 0 });

    expect(registry.address).not.toBe(former);
    const port = former.split(':')[1];
    for (const name of [former, `localhost:${port}`, registry.address]) {
      expect(await registry.images.find(`${name}/former:v1`)).toMatchObject({
        status: 'found',
      });
    }
  });

  it('says why an image is not here, and what to do', async () => {
    const { address } = registry;
    const reason = async (reference: string) => {
      const lookup = await registry.images.find(reference);
      return lookup.status === 'absent' ? lookup.reason : 'found';
    };

    expect(await reason('redis:7')).toBe(
      `docker.io/library/redis:7 is not here, and the embedded cluster downloads no images; build on node:22-slim and push to ${address}, or use a real cluster`,
    );
    expect(await reason('ghcr.io/org/app:1')).toBe(
      `ghcr.io/org/app:1 is in the registry ghcr.io, and the embedded cluster runs images of its own registry only; push it to ${address}, or use a real cluster`,
    );
    expect(await reason(`${address}/nothing:1`)).toMatch(
      /nothing:1 was not pushed to this registry; push it/,
    );
    expect(await reason('No Image')).toMatch(/is no image's name; write it as/);
  });

  it('refuses an image of another platform only', async () => {
    const foreign = await startTestRegistry({ architecture: 'arm64' });
    try {
      await foreign.pushImage({
        repository: 'odds',
        reference: 'v1',
        layer: Buffer.from('layer'),
      });

      expect(await foreign.images.find(`${foreign.address}/odds:v1`)).toEqual({
        status: 'absent',
        reason: `${foreign.address}/odds:v1 is built for linux/amd64, and this machine is linux/arm64; build it for linux/arm64`,
      });
      expect((await foreign.images.find('node:22')).status).toBe('found');
    } finally {
      await foreign.remove();
    }
  });
});
