import { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, isError, NotFoundError } from '@backstage/errors';
import {
  addFiles,
  cloneRepo,
  commitAndPushBranch,
} from '@backstage/plugin-scaffolder-node';
import { promises as fs } from 'node:fs';
import { dirname, join } from 'node:path';
import { GitRemote } from './gitopsRemote';

/** One push to a repository at a time: two at once would refuse each other. */
const queues = new Map<string, Promise<unknown>>();

async function oneAtATime<T>(key: string, run: () => Promise<T>): Promise<T> {
  const turn = (queues.get(key) ?? Promise.resolve()).then(run, run);
  const done = turn.catch(() => undefined);
  queues.set(key, done);
  try {
    return await turn;
  } finally {
    if (queues.get(key) === done) {
      queues.delete(key);
    }
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await fs.readFile(path, 'utf8');
  } catch (error) {
    if (isError(error) && error.code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

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

/** Clones one branch; false: the repository has none of this name. */
async function hasBranch(
  { cloneUrl, auth }: GitRemote,
  branch: string,
  dir: string,
): Promise<boolean> {
  try {
    await cloneRepo({ url: cloneUrl, dir, auth, ref: branch });
    return true;
  } catch (error) {
    if (
      isError(error) &&
      error.message.startsWith(`Could not find ${branch}`)
    ) {
      return false;
    }
    throw error;
  }
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
  if (!(await hasBranch(remote, branch, clone))) {
    throw new NotFoundError(
      `${cloneUrl} has no branch ${branch}. Push a first commit to it, or correct sportsbookScaling.clusters[].delivery.repository.branch`,
    );
  }
  const earlier = join(options.directory, 'earlier');
  const isThere =
    (await holds(options, clone, branch)) ||
    (newBranch !== undefined &&
      (await hasBranch(remote, newBranch, earlier)) &&
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
