import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { ConflictError, InputError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import {
  ActionContext,
  commitAndPushBranch,
  removeFiles,
} from '@backstage/plugin-scaffolder-node';
import { JsonObject } from '@backstage/types';
import { PlatformRepository } from '@sportsbook/plugin-sportsbook-scaling-node';
import { promises as fs } from 'node:fs';
import { join, posix } from 'node:path';
import {
  cloneFollowed,
  cloneIfThere,
  oneAtATime,
  readIfThere,
} from './gitopsClone';
import { gitopsRemote } from './gitopsRemote';
import type { Unregistered } from './gitopsUnregister';

export interface RetractOptions {
  integrations: ScmIntegrations;
  /** For `scaffolder.defaultAuthor`. */
  config: Config;
  ctx: Pick<
    ActionContext<JsonObject>,
    'workspacePath' | 'logger' | 'signal' | 'createTemporaryDirectory'
  >;
  repository: PlatformRepository;
  /** Of the file in the repository. */
  path: string;
  /** @throws ConflictError where the file must not be removed */
  assertRemovable: (text: string, where: string) => void;
  title: string;
  branchName: string;
  targetPath: string;
  /** Only look. */
  plan: boolean;
}

/**
 * Takes a file out of the platform's repository, as `gitopsPropose` brings one
 * in: by a push, by a branch that people open a pull request from, or by the
 * inputs of the step that opens one.
 */
export async function gitopsRetract(
  options: RetractOptions,
): Promise<Unregistered> {
  const { ctx, repository, path, branchName } = options;
  const { repoUrl, branch, by } = repository;
  const remote = await gitopsRemote(options.integrations, repoUrl);
  const { cloneUrl, auth, type: host } = remote;
  const directory = await fs.mkdtemp(
    join(await ctx.createTemporaryDirectory(), 'platform-'),
  );
  return oneAtATime(cloneUrl, async () => {
    ctx.signal?.throwIfAborted();
    const clone = join(directory, 'base');
    await cloneFollowed(remote, branch, clone);
    const text = await readIfThere(join(clone, path));
    if (text === undefined) {
      return {
        state: 'absent',
        summary: `${cloneUrl} has no ${path} on ${branch}: nothing to take out`,
      };
    }
    options.assertRemovable(text, `${path} on ${branch} of ${cloneUrl}`);
    if (options.plan) {
      return {
        state: 'planned',
        summary: `${path} would be taken out of ${branch} of ${cloneUrl} (${by})`,
      };
    }
    if (by === 'pullRequest' && (host === 'github' || host === 'gitlab')) {
      return pullRequestDue(options, host, text);
    }
    const newBranch = by === 'push' ? undefined : branchName;
    if (
      newBranch !== undefined &&
      (await isTakenOut(options, directory, remote))
    ) {
      return branchPushed(newBranch, 'has it already');
    }
    await removeFiles({ dir: clone, filepath: path, auth });
    ctx.signal?.throwIfAborted();
    await commitAndPushBranch({
      dir: clone,
      auth,
      commitMessage: options.title,
      gitAuthorInfo: {
        name: options.config.getOptionalString('scaffolder.defaultAuthor.name'),
        email: options.config.getOptionalString(
          'scaffolder.defaultAuthor.email',
        ),
      },
      branch: newBranch ?? branch,
    });
    return newBranch === undefined
      ? {
          state: 'unregistered',
          summary: `Took ${path} out of ${branch} of ${cloneUrl}`,
        }
      : branchPushed(newBranch, 'was pushed');
  });

  function branchPushed(newBranch: string, how: string): Unregistered {
    return {
      state: 'branchPushed',
      summary: `The branch ${newBranch} of ${cloneUrl}, which takes ${path} out, ${how}; open the pull request from it`,
      link: {
        title: 'Open the pull request',
        url: remote.comparePage(branch, newBranch),
      },
    };
  }
}

/** Whether the branch was pushed already, as by a run that was interrupted. */
async function isTakenOut(
  { branchName, path }: RetractOptions,
  directory: string,
  remote: Awaited<ReturnType<typeof gitopsRemote>>,
): Promise<boolean> {
  const earlier = join(directory, 'earlier');
  if (!(await cloneIfThere(remote, branchName, earlier))) {
    return false;
  }
  if ((await readIfThere(join(earlier, path))) !== undefined) {
    throw new ConflictError(
      `${remote.cloneUrl} has a branch ${branchName} that still holds ${path}. Delete the branch, and run it again`,
    );
  }
  return true;
}

/**
 * For GitHub's action names the file; for GitLab's the folder of the workspace
 * holds what is to be deleted.
 */
async function pullRequestDue(
  options: RetractOptions,
  host: 'github' | 'gitlab',
  text: string,
): Promise<Unregistered> {
  const { ctx, repository, path, branchName, title, targetPath } = options;
  const { repoUrl, branch } = repository;
  const folder = resolveSafeChildPath(ctx.workspacePath, targetPath);
  await fs.mkdir(folder, { recursive: true });
  const name = posix.basename(path);
  const others = (await fs.readdir(folder)).filter(file => file !== name);
  if (others.length > 0) {
    throw new InputError(
      `The folder ${targetPath} of the workspace holds ${others[0]}, which the pull request would take along. Choose another targetPath`,
    );
  }
  if (host === 'gitlab') {
    await fs.writeFile(resolveSafeChildPath(folder, name), text);
  }
  return {
    state: 'pullRequestDue',
    summary: `A pull request takes ${path} out of ${branch} of ${repoUrl}`,
    pullRequest: {
      host,
      repoUrl,
      branchName,
      targetBranchName: branch,
      title,
      description: `Once this is merged, the service is removed from the cluster.`,
      sourcePath: targetPath,
      targetPath: posix.dirname(path),
      filesToDelete: [name],
    },
  };
}
