import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import { GitMissingError } from './errors/GitMissingError';
import { runGit } from './runGit';

/**
 * Makes sure that the git on the PATH can serve repositories over HTTP.
 *
 * @throws {@link GitMissingError}
 */
export async function requireGit(options: {
  directory: string;
  signal?: AbortSignal;
}): Promise<void> {
  const execPath = (await runGit(['--exec-path'], options))
    .toString('utf8')
    .trim();
  try {
    await access(join(execPath, 'git-http-backend'), constants.X_OK);
  } catch (error) {
    throw new GitMissingError('git http-backend', error);
  }
}
