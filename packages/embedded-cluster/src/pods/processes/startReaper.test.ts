import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { transformSync } from 'esbuild';
import { identifyProcess } from '../../runtime/processIdentity';
import { ProcessRecords } from './ProcessRecords';

/** A process that starts the reaper for a folder, waits, and ends as it is told. */
const KUBELET = `
  ${
    transformSync(readFileSync(join(__dirname, 'startReaper.ts'), 'utf8'), {
      loader: 'ts',
      format: 'cjs',
    }).code
  }
  const reaper = module.exports.startReaper(process.argv[1], console.error);
  process.once('message', end => {
    if (end === 'dismiss') {
      reaper.dismiss();
    }
    process.disconnect();
  });
  process.send('started');
`;

describe('the reaper', () => {
  const directory = mkdtempSync(join(tmpdir(), 'embedded-reaper-'));
  const begun: number[] = [];

  afterAll(() => {
    for (const pid of begun) {
      try {
        process.kill(-pid, 'SIGKILL');
      } catch {
        // As it should be.
      }
    }
    rmSync(directory, { recursive: true, force: true });
  });

  function startBusy() {
    const busy = spawn(process.execPath, ['-e', 'for (;;);'], {
      detached: true,
      stdio: 'ignore',
    });
    const pid = busy.pid ?? 0;
    begun.push(pid);
    return { pid, exited: once(busy, 'exit') };
  }

  async function startKubelet(folder: string) {
    const kubelet = spawn(process.execPath, ['-e', KUBELET, folder], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    await once(kubelet, 'message');
    return kubelet;
  }

  it('ends what is busy without a pause when the kubelet is killed, and nobody who has the number of one that ended', async () => {
    const records = new ProcessRecords(directory);
    const busy = startBusy();
    const another = startBusy();
    records.add(busy.pid);
    // As if it had been started at another time.
    writeFileSync(
      join(records.folder, String(another.pid)),
      `${another.pid} 7\n`,
    );
    writeFileSync(join(records.folder, '1'), '');
    writeFileSync(join(records.folder, '2'), `${another.pid} 7\n`);
    const kubelet = await startKubelet(records.folder);
    kubelet.kill('SIGKILL');
    const [, signal] = await busy.exited;
    expect(signal).toBe('SIGKILL');
    await sleep(200);
    expect(isThere(another.pid)).toBe(true);
  });

  it('ends nothing after an orderly end', async () => {
    const records = new ProcessRecords(directory);
    const busy = startBusy();
    records.add(busy.pid);
    const kubelet = await startKubelet(records.folder);
    kubelet.send('dismiss');
    await once(kubelet, 'exit');
    await sleep(300);
    expect(isThere(busy.pid)).toBe(true);
  });

  it.each(['kill', 'dismiss', 'leave'])(
    'ends with its kubelet, and does not keep it alive: %s',
    async end => {
      const { folder } = new ProcessRecords(directory);
      const kubelet = await startKubelet(folder);
      const reaper = reaperOf(kubelet.pid);
      expect(isThere(reaper)).toBe(true);
      const exited = once(kubelet, 'exit');
      if (end === 'kill') {
        kubelet.kill('SIGKILL');
      } else {
        kubelet.send(end);
      }
      expect(await exited).toEqual(
        end === 'kill' ? [null, 'SIGKILL'] : [0, null],
      );
      for (let tries = 0; isThere(reaper) && tries < 100; tries += 1) {
        await sleep(20);
      }
      expect(isThere(reaper)).toBe(false);
    },
  );
});

/** One that has ended and was not waited for yet is not. */
function isThere(pid: number): boolean {
  return identifyProcess(pid) !== undefined;
}

/** Its only child. */
function reaperOf(parent: number | undefined): number {
  const line = execFileSync('ps', ['-axo', 'ppid=,pid=,args='], {
    encoding: 'utf8',
  })
    .split('\n')
    .find(
      text =>
        text.trim().startsWith(`${parent} `) && text.includes('/bin/sh -c'),
    );
  return Number(line?.trim().split(/\s+/)[1]);
}
