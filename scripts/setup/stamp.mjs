import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stamps } from './paths.mjs';

/** What a step was last completed for, or undefined. */
export function readStamp(name) {
  try {
    return readFileSync(join(stamps, name), 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

/**
 * Runs a step and stamps it as completed. Before that it counts as not done,
 * so that an interrupted step is done again.
 */
export async function stamped(name, fingerprint, work) {
  rmSync(join(stamps, name), { force: true });
  const result = await work();
  mkdirSync(stamps, { recursive: true });
  writeFileSync(join(stamps, name), fingerprint);
  return result;
}
