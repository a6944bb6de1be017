import { ScmIntegrations } from '@backstage/integration';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { z } from 'zod/v3';
import { checkRepository } from '../git/checkRepository';
import { GIT_HOSTS } from '../git/gitHosts';
import { parseInput } from '../input/parseInput';
import { examples } from './gitCheck.examples';

const inputSchema = z.object({
  type: z
    .enum(GIT_HOSTS)
    .describe(
      'Kind of Git host, as integrations of the configuration name it.',
    ),
  host: z
    .string()
    .regex(/^[A-Za-z0-9.-]+(:\d+)?$/, 'must be host or host:port')
    .describe(
      'host or host:port, as integrations of the configuration name it.',
    ),
  owner: z
    .string()
    .min(1)
    .describe(
      'Organization, group or user; on Bitbucket Cloud a workspace, on Bitbucket Server the key of a project.',
    ),
  name: z.string().min(1).describe('Name of the repository.'),
});

const outputSchema = z.object({
  summary: z.string().describe('What was found, in one sentence.'),
});

/**
 * The action `git:check`: whether a repository can be made, asked before
 * anything else is.
 */
export function createGitCheckAction(options: {
  integrations: ScmIntegrations;
}) {
  const { integrations } = options;
  return createTemplateAction({
    id: 'git:check',
    description:
      'Asks a Git host whether a new repository can be made: whether it answers, takes our account, knows the owner, and has the name free. Changes nothing.',
    examples,
    supportsDryRun: true,
    schema: { input: () => inputSchema, output: () => outputSchema },
    async handler(ctx) {
      const repository = parseInput(inputSchema, ctx.input);
      const { host, owner, name } = repository;
      if (!ctx.isDryRun) {
        await checkRepository(repository, { integrations, signal: ctx.signal });
      }
      const summary = ctx.isDryRun
        ? `Dry run: ${host} was not asked.`
        : `${host} has the name ${owner}/${name} free.`;
      ctx.logger.info(summary);
      ctx.output('summary', summary);
    },
  });
}
