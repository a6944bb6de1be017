import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { ActionContext } from '@backstage/plugin-scaffolder-node';
import { JsonObject } from '@backstage/types';
import { PlatformRepository } from '@sportsbook/plugin-sportsbook-scaling-node';
import { promises as fs } from 'node:fs';
import { join, posix } from 'node:path';
import { gitopsPush } from './gitopsPush';
import { gitopsRemote } from './gitopsRemote';
import type { Registered } from './gitopsRegister';

/**
 * Brings a file into the platform's repository: by a push, by a branch that
 * people open a pull request from, or by leaving it in the workspace for the
 * step that opens one, where Backstage has an action for the host.
 */
export async function gitopsPropose(options: {
  integrations: ScmIntegrations;
  config: Config;
  ctx: Pick<
    ActionContext<JsonObject>,
    'workspacePath' | 'logger' | 'signal' | 'createTemporaryDirectory'
  >;
  repository: PlatformRepository;
  /** `path` in the repository, `name` in the workspace. */
  file: { path: string; name: string; text: string };
  title: string;
  branchName: string;
  targetPath: string;
}): Promise<Registered> {
  const { ctx, repository, file, title, branchName, targetPath } = options;
  const { repoUrl, branch, by } = repository;
  const remote = await gitopsRemote(options.integrations, repoUrl);
  const { type: host } = remote;
  if (by === 'pullRequest' && (host === 'github' || host === 'gitlab')) {
    const folder = resolveSafeChildPath(ctx.workspacePath, targetPath);
    await fs.mkdir(folder, { recursive: true });
    await fs.writeFile(resolveSafeChildPath(folder, file.name), file.text);
    ctx.logger.info(`Wrote ${posix.join(targetPath, file.name)}`);
    return {
      state: 'pullRequestDue',
      pullRequest: {
        host,
        repoUrl,
        branchName,
        targetBranchName: branch,
        title,
        description: `Backstage has published the service's repository. Once this is merged, it is delivered to the cluster.`,
        sourcePath: targetPath,
        targetPath: posix.dirname(file.path),
      },
    };
  }
  const newBranch = by === 'push' ? undefined : branchName;
  await gitopsPush({
    remote,
    branch,
    newBranch,
    file,
    message: title,
    author: {
      name: options.config.getOptionalString('scaffolder.defaultAuthor.name'),
      email: options.config.getOptionalString('scaffolder.defaultAuthor.email'),
    },
    directory: await fs.mkdtemp(
      join(await ctx.createTemporaryDirectory(), 'platform-'),
    ),
    logger: ctx.logger,
    signal: ctx.signal,
  });
  return newBranch === undefined
    ? {
        state: 'registered',
        link: {
          title: 'In the platform repository',
          url: remote.filePage(branch, file.path),
        },
      }
    : {
        state: 'branchPushed',
        link: {
          title: 'Open the pull request',
          url: remote.comparePage(branch, newBranch),
        },
      };
}
