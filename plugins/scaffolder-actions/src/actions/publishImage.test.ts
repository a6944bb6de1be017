import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { LoggerService } from '@backstage/backend-plugin-api';
import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';

import { ConfigReader } from '@backstage/config';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { JsonObject, JsonValue } from '@backstage/types';
import { FakeRegistry } from '../__testUtils__/FakeRegistry';
import { NodesOnlyClusterAccess } from '../__testUtils__/NodesOnlyClusterAccess';
import { serviceProject } from '../__testUtils__/serviceProject';
import { readImageSettings } from '../image/imageSettings';
import { createPublishImageAction } from './publishImage';

jest.setTimeout(60_000);

async function waitFor(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await sleep(50);
  }
}

describe('publish:image', () => {
  const workspace = createMockDirectory();
  const temporary = createMockDirectory();
  const temporaryOfProcess = process.env.TMPDIR;
  let registry: FakeRegistry;

  beforeEach(async () => {
    workspace.setContent(serviceProject());
    temporary.clear();
    process.env.TMPDIR = temporary.path;
    registry = await FakeRegistry.start();
    registry.addImage('library/node', '22-slim', {
      os: 'linux',
      architecture: 'arm64',
      layer: Buffer.alloc(1024),
    });
  });
  afterEach(async () => {
    if (temporaryOfProcess === undefined) {
      delete process.env.TMPDIR;
    } else {
      process.env.TMPDIR = temporaryOfProcess;
    }
    await registry.stop();
  });

  interface Run {
    input?: JsonObject;
    image?: JsonObject;
    architectures?: string[];
    signal?: AbortSignal;
    shutdownSignal?: AbortSignal;
    isDryRun?: boolean;
    environment?: NodeJS.ProcessEnv;
    checkpoints?: Map<string, JsonValue | void>;
    logger?: LoggerService;
  }

  async function run(options: Run = {}) {
    const clusterAccess = new NodesOnlyClusterAccess(
      options.architectures ?? ['arm64', 'arm64'],
    );
    const action = createPublishImageAction({
      settings: readImageSettings(
        new ConfigReader({
          sportsbookScaling: {
            image: {
              registry: registry.host,
              insecure: true,
              repositoryPrefix: 'sportsbook',
              ...options.image,
            },
          },
        }),
      ),
      clusterAccess,
      shutdownSignal: options.shutdownSignal ?? new AbortController().signal,
      environment: options.environment ?? process.env,
    });
    const outputs: Record<string, unknown> = {};
    const checkpoints = options.checkpoints ?? new Map();
    await action.handler({
      ...createMockActionContext({ workspacePath: workspace.path }),
      // The input's static type is narrower than what a template may really send.
      input: { name: 'odds-api', cluster: 'dev', ...options.input } as never,
      logger: options.logger ?? mockServices.logger.mock(),
      output: (name, value) => {
        outputs[name] = value;
      },
      signal: options.signal,
      isDryRun: options.isDryRun,
      checkpoint: async ({ key, fn }) => {
        if (!checkpoints.has(key)) {
          checkpoints.set(key, await fn());
        }
        return checkpoints.get(key);
      },
    });
    return { outputs, clusterAccess };
  }

  const pushes = () =>
    registry.requests.filter(request => /^PUT .*manifests/.test(request));

  it('pushes an image that starts the compiled service as a user without a name', async () => {
    const { outputs, clusterAccess } = await run();

    const digest = String(outputs.imageDigest);
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(outputs.image).toBe(
      `${registry.host}/sportsbook/odds-api@${digest}`,
    );
    expect(clusterAccess.requests).toEqual([
      { cluster: 'dev', namespaces: [], clusterScopedKinds: [] },
    ]);

    const manifest = registry.manifest('sportsbook/odds-api', digest) as {
      config: { digest: string };
      layers: { digest: string }[];
    };
    const config = JSON.parse(
      registry.blob(manifest.config.digest)?.toString() ?? '',
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
      .map(layer => gunzipSync(registry.blob(layer.digest) ?? '').toString())
      .join();
    expect(content).toContain('app/dist/server.js');
    expect(content).not.toContain('app/build.js');
    expect(content).not.toContain('over.js');
  });

  it('leaves nothing behind, in the workspace or elsewhere', async () => {
    const before = workspace.content();
    await run();
    expect(workspace.content()).toEqual(before);
    expect(readdirSync(temporary.path)).toEqual([]);
  });

  it('makes the same image of the same source', async () => {
    const first = await run();
    const second = await run();
    expect(second.outputs).toEqual(first.outputs);
    expect(pushes()).toHaveLength(2);
  });

  it('builds once for a task that is resumed, and again when the source changed', async () => {
    const checkpoints = new Map();
    const first = await run({ checkpoints });
    const resumed = await run({ checkpoints });
    expect(resumed.outputs).toEqual(first.outputs);
    expect(pushes()).toHaveLength(1);

    workspace.addContent({ 'more.txt': 'x' });
    await run({ checkpoints });
    expect(pushes()).toHaveLength(2);
  });

  it('says so when a resumed task finds its image gone', async () => {
    const checkpoints = new Map();
    await run({ checkpoints });
    registry.removeImages('sportsbook/odds-api');
    await expect(run({ checkpoints })).rejects.toMatchObject({
      name: 'ImageRegistryError',
      reason: 'missing',
      message: expect.stringContaining('Start the task anew'),
    });
  });

  it('asks neither cluster nor registry in a dry run', async () => {
    const { outputs, clusterAccess } = await run({ isDryRun: true });
    expect(outputs.imageDigest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(clusterAccess.requests).toEqual([]);
    expect(registry.requests).toEqual([]);
  });

  it('gives the build none of the secrets of the backend', async () => {
    workspace.setContent(
      serviceProject(
        `if (process.env.POSTGRES_PASSWORD || process.env.npm_config_registry) process.exit(7);
         if (process.env.HTTPS_PROXY !== 'http://proxy') process.exit(8);
         require('fs').mkdirSync('dist');
         require('fs').writeFileSync('dist/server.js', '');`,
      ),
    );
    await run({
      environment: {
        PATH: process.env.PATH,
        POSTGRES_PASSWORD: 'secret',
        npm_config_registry: 'http://user:secret@registry',
        HTTPS_PROXY: 'http://proxy',
        NO_PROXY: '127.0.0.1',
      },
    });
    expect(pushes()).toHaveLength(1);
  });

  it('fails with the step, its last lines in the log, and no credentials in them', async () => {
    workspace.setContent(
      serviceProject(
        `for (let i = 0; i < 100; i++) console.log('line ' + i);
         console.error('Error: cannot reach https://ada:hunter2@example.com or s3cr3t');
         process.exit(3);`,
      ),
    );
    registry.requiredAuthorization = `Basic ${Buffer.from(
      'pusher:s3cr3t',
    ).toString('base64')}`;
    const logger = mockServices.logger.mock();
    const lines: string[] = [];
    logger.error.mockImplementation(line => lines.push(line));

    await expect(
      run({ logger, image: { username: 'pusher', password: 's3cr3t' } }),
    ).rejects.toMatchObject({
      name: 'ImageBuildError',
      message: expect.stringMatching(
        /^npm run build ended with exit code 3: .*\*\*\*@example\.com or \*\*\*/,
      ),
    });
    expect(lines.length).toBeGreaterThan(10);
    expect(lines.length).toBeLessThanOrEqual(40);
    expect(lines.join()).toContain('line 99');
    expect(lines.join()).not.toMatch(/hunter2|s3cr3t/);
    expect(pushes()).toEqual([]);
    expect(readdirSync(temporary.path)).toEqual([]);
  });

  it('ends the build when the task is cancelled', async () => {
    workspace.setContent(serviceProject('setInterval(() => {}, 1000);'));
    const controller = new AbortController();
    const running = run({ signal: controller.signal });
    setTimeout(() => controller.abort(new Error('cancelled')), 2000);
    await expect(running).rejects.toThrow('cancelled');
    expect(readdirSync(temporary.path)).toEqual([]);
  });

  it('ends the build when the backend stops, and leaves the task unfinished for its return', async () => {
    workspace.setContent(serviceProject('setInterval(() => {}, 1000);'));
    const stopping = new AbortController();
    const cancelling = new AbortController();
    let finished = false;
    const running = run({
      signal: cancelling.signal,
      shutdownSignal: stopping.signal,
    }).finally(() => {
      finished = true;
    });
    setTimeout(() => stopping.abort(new Error('stopping')), 2000);
    await waitFor(() => stopping.signal.aborted);
    await waitFor(() => readdirSync(temporary.path).length === 0);
    await sleep(200);
    expect(finished).toBe(false);
    cancelling.abort(new Error('cancelled'));
    await expect(running).rejects.toThrow('cancelled');
  });

  it('ends a build that takes too long', async () => {
    workspace.setContent(serviceProject('setInterval(() => {}, 1000);'));
    await expect(
      run({ image: { buildTimeout: { seconds: 3 } } }),
    ).rejects.toMatchObject({
      name: 'BuildLimitError',
      limit: 'time',
      message: expect.stringContaining('not ready after 3 s'),
    });
  });

  it('ends a build that takes too much memory', async () => {
    workspace.setContent(
      serviceProject(
        `const kept = []; setInterval(() => kept.push(Buffer.alloc(50e6, 1)), 50);`,
      ),
    );
    await expect(
      run({ image: { buildMemoryMegabytes: 400 } }),
    ).rejects.toMatchObject({
      name: 'BuildLimitError',
      limit: 'memory',
      message: expect.stringContaining('400 MB are granted'),
    });
  });

  it('names what a build did not make', async () => {
    workspace.setContent(serviceProject(''));
    await expect(run()).rejects.toThrow("The build made no 'dist'");
    workspace.setContent(serviceProject(`require('fs').mkdirSync('dist')`));
    await expect(run()).rejects.toThrow("The build made no 'dist/server.js'");
  });

  it('finds out before the build that the registry denies the push', async () => {
    registry.pushStatus = 403;
    await expect(run()).rejects.toMatchObject({
      name: 'ImageRegistryError',
      reason: 'denied',
      message: expect.stringMatching(
        /denies a push to sportsbook\/odds-api \(HTTP 403; no credentials are configured\)\. Set username/,
      ),
    });
  });

  it('finds out before the build that the base image is for other nodes, or not there', async () => {
    await expect(run({ architectures: ['amd64'] })).rejects.toThrow(
      /base image library\/node:22-slim for linux\/arm64, and the nodes of the cluster are linux\/amd64/,
    );
    await expect(
      run({ image: { baseImage: 'library/node:99' } }),
    ).rejects.toThrow(/does not have the image library\/node:99 \(HTTP 404\)/);
    expect(pushes()).toEqual([]);
  });

  it('builds for the configured platform where nodes are of several', async () => {
    await expect(run({ architectures: ['amd64', 'arm64'] })).rejects.toThrow(
      /have the architectures amd64, arm64, and an image is built for one; set sportsbookScaling\.image\.platform/,
    );
    await run({
      architectures: ['amd64', 'arm64'],
      image: { platform: 'linux/arm64' },
    });
    expect(pushes()).toHaveLength(1);
  });

  it('names a registry that does not answer', async () => {
    const stopped = await FakeRegistry.start();
    const { host } = stopped;
    await stopped.stop();
    await expect(run({ image: { registry: host } })).rejects.toMatchObject({
      name: 'ImageRegistryError',
      reason: 'unreachable',
      message: expect.stringMatching(
        new RegExp(
          `Registry ${host} does not answer at http://${host}: .*ECONNREFUSED`,
        ),
      ),
    });
  });

  it('lists every problem of its input, and names a missing configuration', async () => {
    await expect(
      run({ input: { name: 'Odds API', tag: '-x', cluster: '' } }),
    ).rejects.toThrow(/name: must consist.*\ntag: must consist.*\ncluster: /);
    const action = createPublishImageAction({
      settings: readImageSettings(new ConfigReader({})),
      clusterAccess: new NodesOnlyClusterAccess([]),
      shutdownSignal: new AbortController().signal,
      environment: {},
    });
    await expect(
      action.handler(
        createMockActionContext({
          input: {
            name: 'a',
            cluster: 'dev',
            sourcePath: '.',
            include: ['dist'],
          },
        }),
      ),
    ).rejects.toThrow('set sportsbookScaling.image.registry');
  });

  it('builds nothing from outside of the workspace', async () => {
    await expect(
      run({ input: { sourcePath: '../elsewhere' } }),
    ).rejects.toMatchObject({ name: 'NotAllowedError' });
    await expect(
      run({ input: { include: ['../../etc'] } }),
    ).rejects.toMatchObject({ name: 'NotAllowedError' });
  });
});
