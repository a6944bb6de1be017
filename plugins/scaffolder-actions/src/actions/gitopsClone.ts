import { isError, NotFoundError } from '@backstage/errors';
import { cloneRepo } from '@backstage/plugin-scaffolder-node';
import { promises as fs } from 'node:fs';
import { GitRemote } from './gitopsRemote';

/** One push to a repository at a time: two at once would refuse each other. */
const queues = new Map<string, Promise<unknown>>();

/** Runs after all that was queued for the key before, however that ended. */
export async function oneAtATime<T>(
  key: string,
  run: () => Promise<T>,
): Promise<T> {
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

/** The text of a file; undefined: there is none. */
export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await fs.readFile(path, 'utf8');
  } catch (error) {
    if (isError(error) && error.code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

/** Clones one branch; false: the repository has none of this name. */
export async function cloneIfThere(
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

/**
 * Clones the branch that a controller follows.
 *
 * @throws NotFoundError where the repository has no such branch
 */
export async function cloneFollowed(
  remote: GitRemote,
  branch: string,
  dir: string,
): Promise<void> {
  if (!(await cloneIfThere(remote, branch, dir))) {
    throw new NotFoundError(
      `${remote.cloneUrl} has no branch ${branch}. Push a first commit to it, or correct sportsbookScaling.clusters[].delivery.repository.branch`,
    );
  }
}
