import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ProgramContext } from '../ports/BuiltInProgram';
import { IMAGE, isReady, mainStatus, TestNode } from './__testUtils__/TestNode';

jest.setTimeout(30_000);

const WAITS = { command: ['node', '-e', 'setInterval(() => undefined, 1000)'] };

describe('a kubelet that ends and begins again', () => {
  const node = new TestNode();

  beforeAll(async () => {
    await node.images.push(IMAGE, [[{ name: 'app', type: 'directory' }]]);
    await node.start();
  });

  afterAll(() => node.close());

  it('leaves no process, starts what ran, and leaves alone what was done', async () => {
    node.runPod('runs', WAITS);
    node.runPod(
      'done',
      { command: ['node', '-e', 'console.log("once")'] },
      { restartPolicy: 'Never' },
    );
    node.runPod('deleted', WAITS);
    await node.until('runs', isReady);
    await node.until('deleted', isReady);
    await node.until('done', ({ status }) => status.phase === 'Succeeded');
    const pids = [node.processOf('runs'), node.processOf('deleted')];
    const deletedUid = node.pod('deleted')?.metadata.uid ?? '';

    await node.stop();
    for (const pid of pids) {
      expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    }
    expect(readdirSync(join(node.directory, 'node', 'processes'))).toEqual([]);

    await node.startWithout('deleted');
    const again = await node.until(
      'runs',
      pod => isReady(pod) && mainStatus(pod).restartCount === 1,
    );
    expect(mainStatus(again).lastState.terminated).toMatchObject({
      exitCode: 255,
      reason: 'Unknown',
    });
    const done = await node.until('done', () => true);
    expect(mainStatus(done)).toMatchObject({
      restartCount: 0,
      state: { terminated: { exitCode: 0 } },
    });
    expect(await node.logs('done')).toBe('once\n');
    for (const folder of ['logs', 'pods']) {
      expect(existsSync(join(node.directory, 'node', folder, deletedUid))).toBe(
        false,
      );
    }
  });
});

describe('a program that is built in', () => {
  const node = new TestNode();
  const started: ProgramContext[] = [];
  let stopped = 0;

  beforeAll(async () => {
    node.builtInPrograms = [
      {
        name: 'fake',
        runs: ({ image }) => image === 'example.org/built-in:1',
        start: async context => {
          started.push(context);
          context.log('hello from inside');
          return {
            listening: new Map([[9090, 45_454]]),
            stop: async () => {
              stopped += 1;
            },
          };
        },
      },
    ];
    await node.start();
  });

  afterAll(() => node.close());

  it('takes the place of its image, listens at the pod and ends with it', async () => {
    node.runPod(
      'builtin',
      {
        image: 'example.org/built-in:1',
        args: ['--web.external-url=x'],
        volumeMounts: [{ name: 'config', mountPath: '/etc/config' }],
      },
      // Whoever runs in this process needs no files.
      { volumes: [{ name: 'config', secret: { secretName: 'absent' } }] },
    );
    const { status } = await node.until('builtin', isReady);
    const podIP = status.podIP ?? '';
    expect(started[0]).toMatchObject({
      podIP,
      container: {
        name: 'main',
        image: 'example.org/built-in:1',
        args: ['--web.external-url=x'],
      },
    });
    expect(node.running.network.dialPod(podIP, 9090)).toEqual({
      status: 'ok',
      address: { host: '127.0.0.1', port: 45_454 },
    });
    expect(await node.logs('builtin')).toBe('hello from inside\n');
    node.delete('builtin');
    await node.untilGone('builtin');
    expect(stopped).toBe(1);
  });
});
