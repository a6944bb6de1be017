import {
  GithubCredentialsProvider,
  ScmIntegrationRegistry,
} from '@backstage/integration';
import { InputError } from '@backstage/errors';
import {
  createTemplateAction,
  parseRepoUrl,
} from '@backstage/plugin-scaffolder-node';
import { z } from 'zod/v3';
import { parseInput } from '../input/parseInput';
import { archiveRepository } from '../repositories/archiveRepository';
import { examples } from './repositoryArchive.examples';

const inputSchema = z.object({
  repoUrl: z
    .string()
    .min(1)
    .describe(
      'As publishing actions take it: host?owner=owner&repo=name, on a configured host.',
    ),
});

const outputSchema = z.object({
  summary: z.string().describe('What was done, in one sentence.'),
});

/** `repository:archive`: makes a repository on Gitea, GitHub or GitLab read-only. */
export function createRepositoryArchiveAction(deps: {
  integrations: ScmIntegrationRegistry;
  githubCredentials: GithubCredentialsProvider;
}) {
  return createTemplateAction({
    id: 'repository:archive',
    description:
      'Makes a repository read-only on its host (Gitea, GitHub, GitLab); nothing in it is lost.',
    examples,
    supportsDryRun: true,
    schema: { input: () => inputSchema, output: () => outputSchema },
    async handler(ctx) {
      const { repoUrl } = parseInput(inputSchema, ctx.input);
      const { host, owner, repo } = parseRepoUrl(repoUrl, deps.integrations);
      if (owner === undefined || repo === undefined) {
        throw new InputError(
          `repoUrl '${repoUrl}' names no owner or no repository; it has the form host?owner=owner&repo=name`,
        );
      }
      const name = `${owner}/${repo} on ${host}`;
      if (!ctx.isDryRun) {
        await archiveRepository({
          ...deps,
          repository: { host, owner, repo },
          signal: ctx.signal,
        });
      }
      const summary = ctx.isDryRun
        ? `Dry run: ${name} was not archived.`
        : `${name} is archived: it can be read, and nobody can push to it.`;
      ctx.logger.info(summary);
      ctx.output('summary', summary);
    },
  });
}
