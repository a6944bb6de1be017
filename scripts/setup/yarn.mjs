import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fetchPackage } from './fetchPackage.mjs';
import { local } from './paths.mjs';
import { YARN } from './pins.mjs';

const directory = join(local, 'yarn', YARN.version);

/** yarn's program, run by Node. */
export const yarnScript = join(directory, 'bin', 'yarn.js');

export function isYarnMissing() {
  return !existsSync(yarnScript);
}

export async function fetchYarn() {
  await fetchPackage(YARN, directory);
}
