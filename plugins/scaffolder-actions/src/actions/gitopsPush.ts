import { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import {
  addFiles,
  commitAndPushBranch,
} from '@backstage/plugin-scaffolder-node';
import { promises as fs } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  cloneFollowed,
  cloneIfThere,
  oneAtATime,
  readIfThere,
} from './gitopsClone';
import { GitRemote } from './gitopsRemote';

/** What became of the file. */
export type PushedFile =
  | { state: 'pushed'; commit: string }
  /** The branch holds it already, as after a run that was interrupted. */
  | { state: 'unchanged' };

export interface PushOptions {
  remote: GitRemote;
  branch: string;
  /** Pushed instead of `branch`, which stays as it is. */
  newBranch?: string;
  file: { path: string; text: string };
  message: string;
  author: { name?: string; email?: string };
  /** Empty; clones are made in it. */
  directory: string;
  logger: LoggerService;
  signal?: AbortSignal;
}

/** Whether a clone holds the file already. */
async function holds(
  { remote, file }: PushOptions,
  clone: string,
  branch: string,
): Promise<boolean> {
  const present = await readIfThere(join(clone, file.path));
  if (present !== undefined && present !== file.text) {
    throw new ConflictError(
      `${remote.cloneUrl} has another ${file.path} on ${branch}, which may deliver another service. Remove or change it there, or choose another name for the service`,
    );
  }
  return present === file.text;
}

async function push(options: PushOptions): Promise<PushedFile> {
  const { remote, branch, newBranch, file, logger, signal } = options;
  const { cloneUrl, auth } = remote;
  signal?.throwIfAborted();
  const clone = join(options.directory, 'base');
  await cloneFollowed(remote, branch, clone);
  const earlier = join(options.directory, 'earlier');
  const isThere =
    (await holds(options, clone, branch)) ||
    (newBranch !== undefined &&
      (await cloneIfThere(remote, newBranch, earlier)) &&
      (await holds(options, earlier, newBranch)));
  if (isThere) {
    logger.info(`${cloneUrl} has ${file.path} already`);
    return { state: 'unchanged' };
  }
  const path = join(clone, file.path);
  await fs.mkdir(dirname(path), { recursive: true });
  await fs.writeFile(path, file.text);
  await addFiles({ dir: clone, filepath: file.path, auth });
  signal?.throwIfAborted();
  const target = newBranch ?? branch;
  const { commitHash } = await commitAndPushBranch({
    dir: clone,
    auth,
    commitMessage: options.message,
    gitAuthorInfo: options.author,
    branch: target,
  });
  logger.info(`Pushed ${file.path} to ${target} of ${cloneUrl}`);
  return { state: 'pushed', commit: commitHash };
}

/**
 * Commits one file to a repository and pushes it, by the git that Backstage's
 * own actions use. Does nothing where the file is there already.
 *
 * @throws ConflictError where the branch has another file of this name,
 *   NotFoundError where it has no such branch
 */
export async function gitopsPush(options: PushOptions): Promise<PushedFile> {
  return oneAtATime(options.remote.cloneUrl, () => push(options));
}
