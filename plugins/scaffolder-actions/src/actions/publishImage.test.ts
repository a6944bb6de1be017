import { gunzipSync } from 'node:zlib';
import { serviceProject } from '../__testUtils__/serviceProject';
import { publishImageBench } from '../__testUtils__/publishImageBench';

jest.setTimeout(60_000);

describe('publish:image', () => {
  const bench = publishImageBench();

  it('pushes an image that starts the compiled service as a user without a name', async () => {
    const { outputs, clusterAccess } = await bench.run();

    const digest = String(outputs.imageDigest);
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(outputs.image).toBe(
      `${bench.registry.host}/sportsbook/odds-api@${digest}`,
    );
    expect(clusterAccess.requests).toEqual([
      { cluster: 'dev', namespaces: [], kinds: [], clusterScopedKinds: [] },
    ]);

    const manifest = bench.registry.manifest('sportsbook/odds-api', digest) as {
      config: { digest: string };
      layers: { digest: string }[];
    };
    const config = JSON.parse(
      bench.registry.blob(manifest.config.digest)?.toString() ?? '',
    );
    expect(config).toMatchObject({
      os: 'linux',
      architecture: 'arm64',
      config: {
        User: '1000',
        WorkingDir: '/app',
        Entrypoint: ['node', 'dist/server.js'],
      },
    });
    const content = manifest.layers
      .slice(1)
      .map(layer =>
        gunzipSync(bench.registry.blob(layer.digest) ?? '').toString(),
      )
      .join();
    expect(content).toContain('app/dist/server.js');
    expect(content).not.toContain('app/build.js');
    expect(content).not.toContain('over.js');
  });

  it('leaves nothing behind, in the workspace or elsewhere', async () => {
    const before = bench.workspace.content();
    await bench.run();
    expect(bench.workspace.content()).toEqual(before);
    expect(await bench.leftovers()).toEqual([]);
  });

  it('makes the same image of the same source', async () => {
    const first = await bench.run();
    const second = await bench.run();
    expect(second.outputs).toEqual(first.outputs);
    expect(bench.pushes()).toHaveLength(2);
  });

  it('builds once for a task that is resumed, and again when the source changed', async () => {
    const checkpoints = new Map();
    const first = await bench.run({ checkpoints });
    const resumed = await bench.run({ checkpoints });
    expect(resumed.outputs).toEqual(first.outputs);
    expect(bench.pushes()).toHaveLength(1);

    bench.workspace.addContent({ 'more.txt': 'x' });
    await bench.run({ checkpoints });
    expect(bench.pushes()).toHaveLength(2);
  });

  it('says so when a resumed task finds its image gone', async () => {
    const checkpoints = new Map();
    await bench.run({ checkpoints });
    bench.registry.removeImages('sportsbook/odds-api');
    await expect(bench.run({ checkpoints })).rejects.toMatchObject({
      name: 'ImageRegistryError',
      reason: 'missing',
      message: expect.stringContaining('Start the task anew'),
    });
  });

  it('asks neither cluster nor registry in a dry run', async () => {
    const { outputs, clusterAccess } = await bench.run({ isDryRun: true });
    expect(outputs.imageDigest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(clusterAccess.requests).toEqual([]);
    expect(bench.registry.requests).toEqual([]);
  });

  it('gives the build none of the secrets of the backend', async () => {
    bench.workspace.setContent(
      serviceProject(
        `if (process.env.POSTGRES_PASSWORD || process.env.npm_config_registry) process.exit(7);
         if (process.env.HTTPS_PROXY !== 'http://proxy') process.exit(8);
         require('fs').mkdirSync('dist');
         require('fs').writeFileSync('dist/server.js', '');`,
      ),
    );
    await bench.run({
      environment: {
        PATH: process.env.PATH,
        POSTGRES_PASSWORD: 'secret',
        npm_config_registry: 'http://user:secret@registry',
        HTTPS_PROXY: 'http://proxy',
        NO_PROXY: '127.0.0.1',
      },
    });
    expect(bench.pushes()).toHaveLength(1);
  });

  it('builds for the configured platform where nodes are of several', async () => {
    await expect(
      bench.run({ architectures: ['amd64', 'arm64'] }),
    ).rejects.toThrow(
      /have the architectures amd64, arm64, and an image is built for one; set sportsbookScaling\.image\.platform/,
    );
    await bench.run({
      architectures: ['amd64', 'arm64'],
      image: { platform: 'linux/arm64' },
    });
    expect(bench.pushes()).toHaveLength(1);
  });
});
