import { execFile } from 'node:child_process';
import { gitEnvironment } from './gitEnvironment';
import { GitCommandError } from './errors/GitCommandError';
import { GitMissingError } from './errors/GitMissingError';

const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/**
 * Runs one git command and returns what it wrote.
 *
 * @throws {@link GitCommandError} when git fails, {@link GitMissingError}
 * when there is no git, and the signal's reason when it was aborted.
 */
export async function runGit(
  args: readonly string[],
  options: { directory: string; signal?: AbortSignal },
): Promise<Buffer> {
  const { directory, signal } = options;
  return new Promise((resolve, reject) => {
    execFile(
      'git',
      [...args],
      {
        cwd: directory,
        env: gitEnvironment(),
        encoding: 'buffer',
        maxBuffer: MAX_OUTPUT_BYTES,
        signal,
      },
      (error, stdout, stderr) => {
        if (!error) {
          resolve(stdout);
        } else if (signal?.aborted) {
          reject(signal.reason);
        } else if (error.code === 'ENOENT') {
          reject(new GitMissingError('git', error));
        } else {
          const output = stderr.toString('utf8');
          reject(new GitCommandError({ args, directory, output }, error));
        }
      },
    );
  });
}
