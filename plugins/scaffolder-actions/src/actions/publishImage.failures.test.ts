import { setTimeout as sleep } from 'node:timers/promises';
import { createMockActionContext } from '../__testUtils__/createMockActionContext';
import { mockLogger } from '../__testUtils__/mockLogger';
import { FakeRegistry } from '../__testUtils__/FakeRegistry';
import { NodesOnlyClusterAccess } from '../__testUtils__/NodesOnlyClusterAccess';
import { serviceProject } from '../__testUtils__/serviceProject';
import { publishImageBench } from '../__testUtils__/publishImageBench';
import { createPublishImageAction } from './publishImage';

jest.setTimeout(60_000);

/** Says that it began, and goes on for ever. */
const UNENDING = `require('fs').writeFileSync('started', ''); setInterval(() => {}, 1000);`;

async function waitFor(
  condition: () => boolean | Promise<boolean>,
): Promise<void> {
  while (!(await condition())) {
    await sleep(50);
  }
}

describe('publish:image, where it fails', () => {
  const bench = publishImageBench();

  it('fails with the step, its last lines in the log, and no credentials in them', async () => {
    bench.workspace.setContent(
      serviceProject(
        `for (let i = 0; i < 100; i++) console.log('line ' + i);
         console.error('Error: cannot reach https://ada:hunter2@example.com or s3cr3t');
         process.exit(3);`,
      ),
    );
    bench.registry.requiredAuthorization = `Basic ${Buffer.from(
      'pusher:s3cr3t',
    ).toString('base64')}`;
    const logger = mockLogger();
    const lines: string[] = [];
    logger.error.mockImplementation(line => lines.push(line));

    await expect(
      bench.run({ logger, image: { username: 'pusher', password: 's3cr3t' } }),
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
    expect(bench.pushes()).toEqual([]);
    expect(await bench.leftovers()).toEqual([]);
  });

  it('ends the build when the task is cancelled', async () => {
    bench.workspace.setContent(serviceProject(UNENDING));
    const controller = new AbortController();
    const running = bench.run({ signal: controller.signal });
    await waitFor(() => bench.hasStarted());
    controller.abort(new Error('cancelled'));
    await expect(running).rejects.toThrow('cancelled');
    expect(await bench.leftovers()).toEqual([]);
  });

  it('ends the build when the backend stops, and leaves the task unfinished for its return', async () => {
    bench.workspace.setContent(serviceProject(UNENDING));
    const stopping = new AbortController();
    const cancelling = new AbortController();
    let finished = false;
    const running = bench
      .run({
        signal: cancelling.signal,
        shutdownSignal: stopping.signal,
      })
      .finally(() => {
        finished = true;
      });
    await waitFor(() => bench.hasStarted());
    stopping.abort(new Error('stopping'));
    await waitFor(async () => (await bench.leftovers()).length === 0);
    await sleep(200);
    expect(finished).toBe(false);
    cancelling.abort(new Error('cancelled'));
    await expect(running).rejects.toThrow('cancelled');
  });

  it('ends a build that takes too long', async () => {
    bench.workspace.setContent(serviceProject(UNENDING));
    await expect(
      bench.run({ image: { buildTimeout: { seconds: 1 } } }),
    ).rejects.toMatchObject({
      name: 'BuildLimitError',
      limit: 'time',
      message: expect.stringContaining('not ready after 1 s'),
    });
  });

  it('ends a build that takes too much memory', async () => {
    bench.workspace.setContent(
      serviceProject(
        `const kept = []; setInterval(() => kept.push(Buffer.alloc(50e6, 1)), 50);`,
      ),
    );
    await expect(
      bench.run({ image: { buildMemoryMegabytes: 400 } }),
    ).rejects.toMatchObject({
      name: 'BuildLimitError',
      limit: 'memory',
      message: expect.stringContaining('400 MB are granted'),
    });
  });

  it('names what a build did not make', async () => {
    bench.workspace.setContent(serviceProject(''));
    await expect(bench.run()).rejects.toThrow("The build made no 'dist'");
    bench.workspace.setContent(
      serviceProject(`require('fs').mkdirSync('dist')`),
    );
    await expect(bench.run()).rejects.toThrow(
      "The build made no 'dist/server.js'",
    );
  });

  it('finds out before the build that the registry denies the push', async () => {
    bench.registry.pushStatus = 403;
    await expect(bench.run()).rejects.toMatchObject({
      name: 'ImageRegistryError',
      reason: 'denied',
      message: expect.stringMatching(
        /denies a push to sportsbook\/odds-api \(HTTP 403; no credentials are configured\)\. Set username/,
      ),
    });
  });

  it('finds out before the build that the base image is for other nodes, or not there', async () => {
    await expect(bench.run({ architectures: ['amd64'] })).rejects.toThrow(
      /base image library\/node:22-slim for linux\/arm64, and the nodes of the cluster are linux\/amd64/,
    );
    await expect(
      bench.run({ image: { baseImage: 'library/node:99' } }),
    ).rejects.toThrow(/does not have the image library\/node:99 \(HTTP 404\)/);
    expect(bench.pushes()).toEqual([]);
  });

  it('names a registry that does not answer', async () => {
    const stopped = await FakeRegistry.start();
    const { host } = stopped;
    await stopped.stop();
    await expect(
      bench.run({ image: { registry: host } }),
    ).rejects.toMatchObject({
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
      bench.run({ input: { name: 'Odds API', tag: '-x', cluster: '' } }),
    ).rejects.toThrow(/name: must consist.*\ntag: must consist.*\ncluster: /);
    const action = createPublishImageAction({
      builds: undefined,
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
      bench.run({ input: { sourcePath: '../elsewhere' } }),
    ).rejects.toMatchObject({ name: 'NotAllowedError' });
    await expect(
      bench.run({ input: { include: ['../../etc'] } }),
    ).rejects.toMatchObject({ name: 'NotAllowedError' });
  });
});
