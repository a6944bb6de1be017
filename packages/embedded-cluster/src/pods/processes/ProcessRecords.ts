import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import {
  identifyProcess,
  isSameProcess,
  type ProcessIdentity,
} from '../../runtime/processIdentity';

const record = z.object({ pid: z.number().int(), startedAt: z.string() });

/**
 * Notes which processes were started for containers, so that whoever comes
 * next can end those that are left. Each ends by itself with its kubelet; one
 * that is busy without a pause may not.
 */
export class ProcessRecords {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  }

  add(pid: number): void {
    const identity = identifyProcess(pid);
    if (identity) {
      writeFileSync(
        join(this.#directory, `${pid}.json`),
        JSON.stringify(identity),
        {
          mode: 0o600,
        },
      );
    }
  }

  remove(pid: number): void {
    rmSync(join(this.#directory, `${pid}.json`), { force: true });
  }
}

/**
 * Ends what an earlier run left behind. A number that another process has by
 * now is left alone.
 *
 * @param directory - the kubelet's `processes` folder
 * @returns how many were ended
 */
export function endLeftoverProcesses(directory: string): number {
  let ended = 0;
  for (const name of list(directory)) {
    const path = join(directory, name);
    const identity = readRecord(path);
    if (identity && isSameProcess(identity)) {
      try {
        process.kill(-identity.pid, 'SIGKILL');
        ended += 1;
      } catch {
        // It ended in between.
      }
    }
    rmSync(path, { force: true });
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
  try {
    return record.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    // Half written when the machine went down: nothing to go by.
    return undefined;
  }
}
