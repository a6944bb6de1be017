import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

// Backstage blots it out of its log as a secret, so it is no word of the log's.
const USERNAME = 'git-host-account';

/**
 * The account of this checkout's git host: made at the first start, kept in a
 * file that nobody else may read.
 */
export function gitAccount(file) {
  try {
    return { username: USERNAME, password: readFileSync(file, 'utf8') };
  } catch (error) {
    if (error.code !== 'ENOENT') {
      throw error;
    }
  }
  const password = randomBytes(24).toString('base64url');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, password, { mode: 0o600, flag: 'wx' });
  return { username: USERNAME, password };
}
