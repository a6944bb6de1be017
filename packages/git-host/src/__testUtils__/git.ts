import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs the real git as a user without any configuration would. */
export async function git(directory: string, ...args: string[]) {
  const { stdout } = await run('git', args, {
    cwd: directory,
    env: {
      PATH: process.env.PATH,
      HOME: directory,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_TERMINAL_PROMPT: '0',
      GIT_AUTHOR_NAME: 'A',
      GIT_AUTHOR_EMAIL: 'a@example.com',
      GIT_COMMITTER_NAME: 'A',
      GIT_COMMITTER_EMAIL: 'a@example.com',
    },
  });
  return stdout.trim();
}

/** Makes a work tree with one commit of the given files. */
export async function commitFiles(options: {
  directory: string;
  branch?: string;
  files: Record<string, string | Buffer>;
}): Promise<string> {
  const { directory, branch = 'main', files } = options;
  await mkdir(directory, { recursive: true });
  await git(directory, 'init', '--quiet');
  await git(directory, 'symbolic-ref', 'HEAD', `refs/heads/${branch}`);
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), content);
  }
  await git(directory, 'add', '--all');
  await git(directory, 'commit', '--quiet', '--message', 'first');
  return git(directory, 'rev-parse', 'HEAD');
}
