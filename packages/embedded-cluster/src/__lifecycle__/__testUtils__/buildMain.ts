import { execFile } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packageFolder } from '../../runtime/packageFolder';

export interface BuiltMain {
  /** The program that `npm start` runs, built from the sources as they are. */
  path: string;
  remove(): void;
}

/** Builds into files of its own, so that neither a test nor a start beside this one is disturbed. */
export async function buildMain(): Promise<BuiltMain> {
  // Below the package, where the compiled library is found.
  const folder = join(packageFolder(), 'dist');
  const stem = `main.test-${process.pid}`;
  const path = join(folder, `${stem}.cjs`);
  await promisify(execFile)(
    process.execPath,
    [join(packageFolder(), 'scripts', 'bundle.mjs'), path],
    { cwd: packageFolder() },
  );
  return {
    path,
    remove: () => {
      for (const name of readdirSync(folder)) {
        if (name.startsWith(`${stem}.`)) {
          rmSync(join(folder, name));
        }
      }
    },
  };
}
