import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockDirectory } from './lockDirectory';
import { identifyProcess } from './processIdentity';

describe('lockDirectory', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'lock-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it('refuses a second owner and names the first', () => {
    const unlock = lockDirectory(directory);
    expect(() => lockDirectory(directory)).toThrow(
      `Process ${process.pid} already runs the cluster of ${directory}`,
    );
    unlock();
    lockDirectory(directory)();
    expect(existsSync(join(directory, 'lock.json'))).toBe(false);
  });

  it('takes over from a process that is gone', async () => {
    const child = spawn(process.execPath, [
      '-e',
      'setTimeout(() => {}, 60000)',
    ]);
    const identity = identifyProcess(child.pid ?? 0);
    writeFileSync(join(directory, 'lock.json'), JSON.stringify(identity));
    expect(() => lockDirectory(directory)).toThrow(String(child.pid));
    child.kill('SIGKILL');
    await new Promise(ended => child.once('exit', ended));
    lockDirectory(directory)();
  });

  it('takes over from a number that is another program by now', () => {
    writeFileSync(
      join(directory, 'lock.json'),
      JSON.stringify({ pid: process.pid, startedAt: 'long ago' }),
    );
    expect(() => lockDirectory(directory)()).not.toThrow();
  });

  it('takes over a lock that was never finished', () => {
    writeFileSync(join(directory, 'lock.json'), '{"pi');
    expect(() => lockDirectory(directory)()).not.toThrow();
  });
});
