import { Config } from '@backstage/config';
import { ConflictError, isError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  DEFAULT_DELETE_SECONDS,
  DELIVERER,
  DeliverySetting,
  readManifests,
  registrationContent,
  registrationFileName,
  registrationPath,
  registrationRefs,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { z } from 'zod/v3';
import { ClusterAccess } from '../access/ClusterAccess';
import { parseInput } from '../input/parseInput';
import { isSameRepository } from '../repositories/isSameRepository';
import { pullRequestSchema } from './gitopsPullRequest';
import { assertRegistration, gitopsRemoveObjects } from './gitopsRemoveObjects';
import { gitopsRetract } from './gitopsRetract';
import { gitopsDeliveryOf, gitopsServiceSchema } from './gitopsServiceSchema';
import { examples } from './gitopsUnregister.examples';
import { objectRefSchema } from './objectRefSchema';
import { timeoutSecondsSchema } from './timeoutSecondsSchema';

const inputSchema = gitopsServiceSchema.extend({
  repositoryUrl: z
    .string()
    .url()
    .describe(
      "Clone address of the service's repository, or the address of a folder in it; what delivers another one is left alone",
    ),
  targetPath: z
    .string()
    .min(1)
    .default('delivery')
    .describe('Folder of the workspace for the step that opens a pull request'),
  plan: z
    .boolean()
    .default(false)
    .describe('Only say what would be taken out; changes nothing'),
  timeoutSeconds: timeoutSecondsSchema(DEFAULT_DELETE_SECONDS).describe(
    'Until the controller has let its objects go, where they are on the cluster, in seconds',
  ),
});

const outputSchema = z.object({
  state: z
    .enum([
      'planned',
      'absent',
      'unregistered',
      'branchPushed',
      'pullRequestDue',
    ])
    .describe(
      'planned: it would be taken out. absent: there is nothing to take out. unregistered: it is out. branchPushed: people open a pull request at link.url. pullRequestDue: a step that opens one has to follow',
    ),
  awaitsMerge: z
    .boolean()
    .describe('Whether a person has to merge before the controller learns it'),
  summary: z.string().describe('What it has come to, as a sentence'),
  objects: z
    .array(objectRefSchema)
    .describe("The controller's objects that stand for the service"),
  pullRequest: pullRequestSchema
    .extend({
      filesToDelete: z
        .array(z.string())
        .describe('Relative to targetPath, as GitHub takes it'),
    })
    .optional()
    .describe(
      'For publish:github:pull-request, or with commitAction delete for publish:gitlab:merge-request',
    ),
  link: z
    .object({ title: z.string(), url: z.string() })
    .optional()
    .describe('Where people open the pull request'),
});

/** What a way of taking it out tells the steps that follow. */
export type Unregistered = Omit<
  z.output<typeof outputSchema>,
  'objects' | 'awaitsMerge'
>;

/** `gitops:unregister`: the reverse of `gitops:register`. */
export function createGitopsUnregisterAction(deps: {
  access: ClusterAccess;
  deliveryOf: (cluster: string) => DeliverySetting;
  integrations: ScmIntegrations;
  /** For `scaffolder.defaultAuthor`. */
  config: Config;
}) {
  const { access, deliveryOf, integrations, config } = deps;
  return createTemplateAction({
    id: 'gitops:unregister',
    description:
      "Takes a service away from Flux or Argo CD, which then remove it: by a commit or a pull request to the platform's repository, or by deleting one object on the cluster",
    examples,
    supportsDryRun: true,
    schema: { input: () => inputSchema, output: () => outputSchema },
    async handler(ctx) {
      const input = parseInput(inputSchema, ctx.input);
      const { cluster, namespace, name, repositoryUrl, plan } = input;
      const { logger } = ctx;
      const delivery = gitopsDeliveryOf(deliveryOf, cluster);
      if (ctx.isDryRun) {
        logger.info(
          `Dry run: would take the service away from ${
            DELIVERER[delivery.type]
          }`,
        );
        ctx.output('state', 'absent');
        ctx.output('awaitsMerge', false);
        ctx.output('summary', 'dry run');
        ctx.output('objects', []);
        return;
      }
      // Whoever may not deploy there may not have it removed either.
      await access.open({
        ctx,
        cluster,
        namespaces: [namespace],
        kinds: [],
        clusterScopedKinds: [],
      });
      const service = { name, namespace };
      const isRepository = (url: string) =>
        isSameRepository(url, repositoryUrl, integrations);
      const { repository } = delivery;
      const unregistered =
        repository === undefined
          ? await gitopsRemoveObjects({
              access,
              ctx,
              cluster,
              delivery,
              service,
              isRepository,
              plan,
              timeoutSeconds: input.timeoutSeconds,
            })
          : await gitopsRetract({
              integrations,
              config,
              ctx,
              repository,
              path: registrationPath(delivery, {
                name: registrationFileName(service),
              }),
              assertRemovable: (text, where) =>
                assertRegistration(
                  registrationContent(objectsIn(text, where), {
                    delivery,
                    service,
                    isRepository,
                  }),
                  where,
                ),
              title: `Remove ${namespace}/${name} from ${cluster}`,
              branchName: `remove-${namespace}.${name}`,
              targetPath: input.targetPath,
              plan,
            });
      logger.info(unregistered.summary);
      ctx.output('objects', registrationRefs(delivery, input));
      ctx.output('state', unregistered.state);
      ctx.output('summary', unregistered.summary);
      ctx.output(
        'awaitsMerge',
        ['branchPushed', 'pullRequestDue'].includes(unregistered.state),
      );
      if (unregistered.pullRequest !== undefined) {
        ctx.output('pullRequest', unregistered.pullRequest);
      }
      if (unregistered.link !== undefined) {
        ctx.output('link', unregistered.link);
      }
    },
  });
}

function objectsIn(text: string, where: string) {
  try {
    return readManifests([{ path: where, text }]).map(({ object }) => object);
  } catch (error) {
    throw new ConflictError(
      `${where} is not the registration of this service: ${
        isError(error) ? error.message : String(error)
      }. It was left alone`,
      error,
    );
  }
}
