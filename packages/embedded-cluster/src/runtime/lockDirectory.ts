import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  identifyProcess,
  isSameProcess,
  type ProcessIdentity,
} from './processIdentity';
import { StateInUseError } from './StateInUseError';

const LOCK = 'lock.json';

/**
 * Makes this process the owner of a state folder, until the returned function
 * is called. The lock of a process that is gone counts for nothing, also when
 * its number is another program's by now.
 *
 * @throws StateInUseError that names the owner
 */
export function lockDirectory(directory: string): () => void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = join(directory, LOCK);
  const own = identifyProcess(process.pid);
  if (own === undefined) {
    throw new Error(
      `This system does not tell when process ${process.pid} started`,
    );
  }
  for (;;) {
    try {
      writeFileSync(file, JSON.stringify(own), { flag: 'wx', mode: 0o600 });
      return () => {
        if (ownerOf(file)?.startedAt === own.startedAt) {
          rmSync(file, { force: true });
        }
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw error;
      }
    }
    const owner = ownerOf(file);
    if (owner !== undefined && isSameProcess(owner)) {
      throw new StateInUseError(directory, owner);
    }
    rmSync(file, { force: true });
  }
}

function ownerOf(file: string): ProcessIdentity | undefined {
  try {
    const noted: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isIdentity(noted) ? noted : undefined;
  } catch {
    return undefined;
  }
}

function isIdentity(value: unknown): value is ProcessIdentity {
  return (
    typeof value === 'object' &&
    value !== null &&
    'pid' in value &&
    Number.isInteger(value.pid) &&
    'startedAt' in value &&
    typeof value.startedAt === 'string'
  );
}
