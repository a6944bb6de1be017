import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PRELOAD_FOLDER } from './preloadPath';
import { endLeftoverProcesses, ProcessRecords } from './ProcessRecords';

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('processes that are left', () => {
  const directory = mkdtempSync(join(tmpdir(), 'embedded-processes-'));

  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it('are ended by whoever comes next, though they are busy without a pause', async () => {
    const busy = spawn(process.execPath, ['-e', 'for (;;);'], {
      detached: true,
      stdio: 'ignore',
    });
    const ended = once(busy, 'exit');
    const processes = join(directory, 'busy');
    new ProcessRecords(processes).add(busy.pid ?? 0);
    expect(endLeftoverProcesses(processes)).toBe(1);
    expect(await ended).toEqual([null, 'SIGKILL']);
    expect(readdirSync(processes)).toEqual([]);
  });

  it('are left alone when another process has the number by now', () => {
    const processes = join(directory, 'reused');
    const { folder } = new ProcessRecords(processes);
    writeFileSync(join(folder, String(process.pid)), `${process.pid} then\n`);
    expect(endLeftoverProcesses(processes)).toBe(0);
    expect(existsSync(folder)).toBe(false);
  });

  it('are none where a record was half written or removed, or a run has ended in order', () => {
    const processes = join(directory, 'none');
    const records = new ProcessRecords(processes);
    records.add(process.pid);
    records.remove(process.pid);
    writeFileSync(join(records.folder, '7'), '7 ');
    expect(endLeftoverProcesses(processes)).toBe(0);
    const next = new ProcessRecords(processes);
    next.add(process.pid);
    next.close();
    expect(readdirSync(processes)).toEqual([]);
  });

  it('end by themselves when their kubelet is killed', async () => {
    const preload = join(directory, 'preload.cjs');
    writeFileSync(
      preload,
      `require(${JSON.stringify(
        join(PRELOAD_FOLDER, 'parent.cjs'),
      )}).endWithParent(process.ppid);`,
    );
    const kubelet = spawn(
      process.execPath,
      [
        '-e',
        `const child = require('node:child_process').spawn(process.execPath,
           ['--require', ${JSON.stringify(
             preload,
           )}, '-e', 'setInterval(() => undefined, 1000)'],
           { detached: true, stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
         console.log(child.pid);
         setInterval(() => undefined, 1000);`,
      ],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );
    const [text] = await once(kubelet.stdout, 'data');
    const pid = Number(String(text));
    await sleep(200);
    expect(isThere(pid)).toBe(true);
    kubelet.kill('SIGKILL');
    for (let tries = 0; isThere(pid) && tries < 200; tries += 1) {
      await sleep(20);
    }
    expect(isThere(pid)).toBe(false);
  });

  it('end at once when their kubelet is not there any more as they begin', async () => {
    const child = spawn(
      process.execPath,
      [
        '-e',
        `require(${JSON.stringify(
          join(PRELOAD_FOLDER, 'parent.cjs'),
        )}).endWithParent(1)`,
      ],
      { stdio: ['ignore', 'ignore', 'inherit', 'pipe'] },
    );
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
  });
});
