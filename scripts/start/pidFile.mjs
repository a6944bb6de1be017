import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isRunning } from '../setup/isRunning.mjs';
import { commandOf } from './portOwner.mjs';

const BACKEND = 'nodeTransform.cjs';

/** Notes which process is the backend, and where it serves. */
export function writePidFile(file, { pid, url }) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ pid, url }));
}

export function removePidFile(file) {
  rmSync(file, { force: true });
}

/**
 * The backend that a pid file names, if it still runs.
 *
 * @returns `{pid, url}` or undefined
 */
export function runningBackend(file) {
  let noted;
  try {
    noted = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
  if (!Number.isInteger(noted.pid) || !isRunning(noted.pid)) {
    return undefined;
  }
  // After a restart of the machine the number may be another program's.
  const command = commandOf(noted.pid);
  return command === '' || command.includes(BACKEND) ? noted : undefined;
}
