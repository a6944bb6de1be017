import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEmbeddedCluster } from '../startEmbeddedCluster';
import { ApiConnection } from './__testUtils__/ApiConnection';
import { type BuiltMain, buildMain } from './__testUtils__/buildMain';
import { ClusterProcess } from './__testUtils__/ClusterProcess';
import { processesOf, untilNoProcess } from './__testUtils__/processesOf';
import { deploySteadyPods, untilSteadyPodsRun } from './__testUtils__/workload';

jest.setTimeout(60_000);

/** Starts what its arguments say, and tells when that is ready. */
const STARTER = `
  const { spawn } = require('node:child_process');
  const child = spawn(process.execPath, process.argv.slice(1), {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  child.on('message', message => process.stdout.write(JSON.stringify(message)));
  process.stdout.write('started ');
`;

describe('a cluster that is stopped', () => {
  const directory = mkdtempSync(join(tmpdir(), 'embedded-stopping-'));
  let main: BuiltMain;
  let args: string[];

  beforeAll(async () => {
    main = await buildMain();
    args = ['--directory', directory, '--namespace', 'betting'];
    const cluster = new ClusterProcess({ main: main.path, arguments: args });
    const api = new ApiConnection((await cluster.ready()).kubeconfig);
    await deploySteadyPods(api);
    await untilSteadyPodsRun(api);
    api.close();
    await cluster.end('SIGTERM');
  });

  afterAll(async () => {
    for (const { pid } of processesOf(directory)) {
      process.kill(pid, 'SIGKILL');
    }
    await untilNoProcess(directory, { withinMilliseconds: 20_000 });
    main.remove();
    rmSync(directory, { recursive: true, force: true });
  });

  /** Both pods run, and this many processes in all. */
  async function untilPodsRun(processes: number): Promise<void> {
    const api = new ApiConnection(join(directory, 'kubeconfig'));
    await untilSteadyPodsRun(api);
    api.close();
    expect(processesOf(directory)).toHaveLength(processes);
  }

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'ends with its pods and its lock on %s',
    async signal => {
      const cluster = new ClusterProcess({ main: main.path, arguments: args });
      await cluster.ready();
      await untilPodsRun(3);
      expect(await cluster.end(signal)).toEqual({ code: 0, signal: null });
      expect(processesOf(directory)).toEqual([]);
      expect(existsSync(join(directory, 'lock.json'))).toBe(false);
    },
  );

  it('takes its pods along when it is killed', async () => {
    const cluster = new ClusterProcess({ main: main.path, arguments: args });
    await cluster.ready();
    await untilPodsRun(3);
    await cluster.end('SIGKILL');
    await untilNoProcess(directory, { withinMilliseconds: 20_000 });
    expect(processesOf(directory)).toEqual([]);
  });

  it('ends with its pods and its lock when whoever started it is killed', async () => {
    const starter = spawn(
      process.execPath,
      ['-e', STARTER, main.path, ...args],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let told = '';
    starter.stdout.on('data', chunk => {
      told += String(chunk);
    });
    while (!told.includes('"ready"')) {
      await sleep(20);
    }
    // The starter's own command line names the folder as well.
    await untilPodsRun(4);
    starter.kill('SIGKILL');
    await untilNoProcess(directory, { withinMilliseconds: 20_000 });
    expect(existsSync(join(directory, 'lock.json'))).toBe(false);
  });

  it.each([0, 200, 400, 800])(
    'ends, and unlocks its folder, when whoever started it is killed %d ms after that',
    async milliseconds => {
      const starter = spawn(
        process.execPath,
        ['-e', STARTER, main.path, ...args],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      await once(starter.stdout, 'data');
      await sleep(milliseconds);
      starter.kill('SIGKILL');
      await untilNoProcess(directory, { withinMilliseconds: 20_000 });
      expect(existsSync(join(directory, 'lock.json'))).toBe(false);
    },
  );

  it('has ended for each of several that end it at once', async () => {
    const own = mkdtempSync(join(tmpdir(), 'embedded-ended-twice-'));
    const cluster = await startEmbeddedCluster({ directory: own });
    const lock = join(own, 'lock.json');
    const locked = await Promise.all(
      [cluster.close(), cluster.close()].map(closed =>
        closed.then(() => existsSync(lock)),
      ),
    );
    rmSync(own, { recursive: true, force: true });
    expect(locked).toEqual([false, false]);
  });

  it('starts again after that', async () => {
    const cluster = new ClusterProcess({ main: main.path, arguments: args });
    await cluster.ready();
    await untilPodsRun(3);
    expect(await cluster.end('SIGTERM')).toEqual({ code: 0, signal: null });
  });
});
