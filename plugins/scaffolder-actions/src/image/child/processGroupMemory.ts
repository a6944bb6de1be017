import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';

const KILOBYTES_PER_MEGABYTE = 1024;

/** Kilobytes of one process of the group; 0 for processes of others and such as just ended. */
function residentKilobytes(pid: string, processGroup: number): number {
  let status: string;
  try {
    // Made by the kernel as it is read: waiting for the answer takes longer.
    status = readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return 0;
  }
  const group = /^NSpgid:\s+(\d+)/m.exec(status)?.[1];
  const resident = /^VmRSS:\s+(\d+) kB/m.exec(status)?.[1];
  return group !== undefined && Number(group) === processGroup
    ? Number(resident ?? 0)
    : 0;
}

function fromProc(processGroup: number): number {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .reduce((sum, pid) => sum + residentKilobytes(pid, processGroup), 0);
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
      ? fromProc(processGroup)
      : await fromPs(processGroup);
  return kilobytes / KILOBYTES_PER_MEGABYTE;
}
