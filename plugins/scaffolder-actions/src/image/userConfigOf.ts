import { promises as fs } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The npmrc file of the user who runs the backend, where there is one. */
export async function userConfigOf(): Promise<string | undefined> {
  const path = join(homedir(), '.npmrc');
  return fs.access(path).then(
    () => path,
    () => undefined,
  );
}
