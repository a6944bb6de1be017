import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import {
  identifyProcess,
  isSameProcess,
  type ProcessIdentity,
} from '../../runtime/processIdentity';

/**
 * Notes which processes were started for containers, so that whoever comes
 * next can end those that are left: a file for each, `<pid> <start>`, in a
 * folder of this run's own. Each process ends by itself with its kubelet; one
 * that is busy without a pause cannot, and is ended by the reaper.
 */
export class ProcessRecords {
  /** Of this run; removed by {@link close}. */
  readonly folder: string;

  /** @param directory - the kubelet's `processes` folder */
  constructor(directory: string) {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    this.folder = mkdtempSync(join(directory, 'run-'));
  }

  add(pid: number): void {
    const identity = identifyProcess(pid);
    if (identity) {
      writeFileSync(
        join(this.folder, String(pid)),
        `${identity.pid} ${identity.startedAt}\n`,
        { mode: 0o600 },
      );
    }
  }

  remove(pid: number): void {
    rmSync(join(this.folder, String(pid)), { force: true });
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/**
 * Ends what earlier runs left behind. A number that another process has by
 * now is left alone.
 *
 * @param directory - the kubelet's `processes` folder, before this run has one in it
 * @returns how many were ended
 */
export function endLeftoverProcesses(directory: string): number {
  let ended = 0;
  for (const run of list(directory)) {
    const folder = join(directory, run);
    for (const name of list(folder)) {
      const identity = readRecord(join(folder, name));
      if (identity && isSameProcess(identity)) {
        try {
          process.kill(-identity.pid, 'SIGKILL');
          ended += 1;
        } catch {
          // It ended in between.
        }
      }
    }
    rmSync(folder, { recursive: true, force: true });
  }
  return ended;
}

function list(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function readRecord(path: string): ProcessIdentity | undefined {
  const [, pid, startedAt] =
    /^([1-9]\d*) (.+)\n$/.exec(readFileSync(path, 'utf8')) ?? [];
  // Half written when the machine went down: nothing to go by.
  return pid === undefined ? undefined : { pid: Number(pid), startedAt };
}
