import { execFile } from 'node:child_process';
import { promises as fs } from 'node:fs';
import { promisify } from 'node:util';

const KILOBYTES_PER_MEGABYTE = 1024;

/** Kilobytes of one process of the group; 0 for processes of others and such as just ended. */
async function residentKilobytes(
  pid: string,
  processGroup: number,
): Promise<number> {
  const status = await fs
    .readFile(`/proc/${pid}/status`, 'utf8')
    .catch(() => '');
  const group = /^NSpgid:\s+(\d+)/m.exec(status)?.[1];
  const resident = /^VmRSS:\s+(\d+) kB/m.exec(status)?.[1];
  return group !== undefined && Number(group) === processGroup
    ? Number(resident ?? 0)
    : 0;
}

async function fromProc(processGroup: number): Promise<number> {
  const pids = (await fs.readdir('/proc')).filter(name => /^\d+$/.test(name));
  const each = await Promise.all(
    pids.map(pid => residentKilobytes(pid, processGroup)),
  );
  return each.reduce((sum, kilobytes) => sum + kilobytes, 0);
}

async function fromPs(processGroup: number): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', [
    '-A',
    '-o',
    'pgid=,rss=',
  ]);
  return stdout
    .split('\n')
    .map(line => line.trim().split(/\s+/).map(Number))
    .filter(([group]) => group === processGroup)
    .reduce((sum, [, kilobytes]) => sum + kilobytes, 0);
}

/** Resident memory of all processes of a process group, in megabytes; 0 when it has ended. */
export async function processGroupMemoryMegabytes(
  processGroup: number,
): Promise<number> {
  const kilobytes =
    process.platform === 'linux'
      ? await fromProc(processGroup)
      : await fromPs(processGroup);
  return kilobytes / KILOBYTES_PER_MEGABYTE;
}
