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
    new ProcessRecords(directory).add(busy.pid ?? 0);
    expect(endLeftoverProcesses(directory)).toBe(1);
    expect(await ended).toEqual([null, 'SIGKILL']);
    expect(readdirSync(directory)).toEqual([]);
  });

  it('are left alone when another process has the number by now', () => {
    const path = join(directory, `${process.pid}.json`);
    writeFileSync(
      path,
      JSON.stringify({ pid: process.pid, startedAt: 'then' }),
    );
    expect(endLeftoverProcesses(directory)).toBe(0);
    expect(existsSync(path)).toBe(false);
  });

  it('are none where a record was half written or removed', () => {
    const records = new ProcessRecords(directory);
    records.add(process.pid);
    records.remove(process.pid);
    writeFileSync(join(directory, '7.json'), '{"pid":');
    expect(endLeftoverProcesses(directory)).toBe(0);
  });

  it('end by themselves when their kubelet is killed', async () => {
    const preload = join(directory, 'preload.cjs');
    writeFileSync(
      preload,
      `require(${JSON.stringify(
        join(PRELOAD_FOLDER, 'parent.cjs'),
      )}).endWithParent();`,
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
});
