import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiConnection } from './__testUtils__/ApiConnection';
import { type BuiltMain, buildMain } from './__testUtils__/buildMain';
import { ClusterProcess } from './__testUtils__/ClusterProcess';
import { processesOf, untilNoProcess } from './__testUtils__/processesOf';

jest.setTimeout(60_000);

/** It says so, and then does nothing else for ever. */
const POD = {
  metadata: { name: 'busy', namespace: 'betting' },
  spec: {
    restartPolicy: 'Never',
    containers: [
      {
        name: 'main',
        image: 'node:22-slim',
        command: ['node', '-e', 'console.log("busy"); for (;;);'],
      },
    ],
  },
};

describe('a pod that never pauses', () => {
  const directory = mkdtempSync(join(tmpdir(), 'embedded-busy-'));
  let main: BuiltMain;

  beforeAll(async () => {
    main = await buildMain();
  });

  afterAll(async () => {
    for (const { pid } of processesOf(directory)) {
      process.kill(pid, 'SIGKILL');
    }
    await untilNoProcess(directory, { withinMilliseconds: 20_000 });
    main.remove();
    rmSync(directory, { recursive: true, force: true });
  });

  it('does not outlive a kill -9 of the cluster', async () => {
    const cluster = new ClusterProcess({
      main: main.path,
      arguments: ['--directory', directory, '--namespace', 'betting'],
    });
    const api = new ApiConnection((await cluster.ready()).kubeconfig);
    const pods = '/api/v1/namespaces/betting/pods';
    for (let status = 403; status === 403; ) {
      // The ServiceAccount of a new namespace comes a moment later.
      ({ status } = await api.call('POST', pods, POD));
      await sleep(50);
    }
    const isBusy = () =>
      processesOf(directory).filter(({ command }) =>
        command.includes('for (;;);'),
      ).length;
    for (let tries = 0; isBusy() === 0; tries += 1) {
      expect(tries).toBeLessThan(200);
      await sleep(50);
    }
    // Long enough for its program to have begun.
    await sleep(1_000);
    expect(isBusy()).toBe(1);
    api.close();
    await cluster.end('SIGKILL');
    await untilNoProcess(directory, { withinMilliseconds: 20_000 });
    expect(isBusy()).toBe(0);
  });
});
