import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  DELIVERER,
  DeliverySetting,
  GitOpsDelivery,
  Registration,
  registrationOf,
  registrationPath,
  registrationRefs,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { z } from 'zod/v3';
import { ClusterAccess } from '../access/ClusterAccess';
import { parseInput } from '../input/parseInput';
import { changeSetSchema } from './changeSetSchema';
import { gitopsApply } from './gitopsApply';
import { gitopsPlan } from './gitopsPlan';
import { gitopsPropose } from './gitopsPropose';
import { examples } from './gitopsRegister.examples';
import { gitopsDeliveryOf, gitopsServiceSchema } from './gitopsServiceSchema';
import { objectRefSchema } from './objectRefSchema';
import { pullRequestSchema } from './gitopsPullRequest';

const inputSchema = gitopsServiceSchema.extend({
  repositoryUrl: z
    .string()
    .min(1)
    .optional()
    .describe('Clone address of the published repository; needed unless plan'),
  branch: z.string().min(1).default('main').describe('Branch to follow'),
  path: z
    .string()
    .regex(/^(?!.*\.\.)[A-Za-z0-9._-][A-Za-z0-9._/-]*$/, 'must be a folder')
    .default('k8s')
    .describe('Folder of the manifests in the repository'),
  targetPath: z
    .string()
    .min(1)
    .default('delivery')
    .describe(
      'Folder of the workspace that the file for a pull request is written to',
    ),
  plan: z
    .boolean()
    .default(false)
    .describe(
      'Only see whether it could be registered, before there is a repository; changes nothing',
    ),
});

const outputSchema = z.object({
  state: z
    .enum(['planned', 'registered', 'branchPushed', 'pullRequestDue'])
    .describe(
      'planned: nothing speaks against it. registered: the controller has it, or its repository does. branchPushed: people open a pull request at link.url. pullRequestDue: a step that opens one has to follow',
    ),
  objects: z
    .array(objectRefSchema)
    .describe("The controller's objects that stand for the service"),
  pullRequest: pullRequestSchema
    .optional()
    .describe(
      'For publish:github:pull-request or publish:gitlab:merge-request',
    ),
  link: z
    .object({ title: z.string(), url: z.string() })
    .optional()
    .describe('Where people look at it'),
  changeSet: changeSetSchema
    .optional()
    .describe('What was written to the cluster, where it was registered there'),
});

/** What a way of registering tells the steps that follow. */
export type Registered = Omit<z.output<typeof outputSchema>, 'objects'>;

export interface GitopsRegisterDeps {
  access: ClusterAccess;
  deliveryOf: (cluster: string) => DeliverySetting;
  integrations: ScmIntegrations;
  /** For `scaffolder.defaultAuthor`. */
  config: Config;
}

/** `gitops:register`: tells Flux or Argo CD of a service's repository. */
export function createGitopsRegisterAction(deps: GitopsRegisterDeps) {
  const { access, deliveryOf } = deps;
  return createTemplateAction({
    id: 'gitops:register',
    description:
      "Tells Flux or Argo CD of a service's repository: by a commit or a pull request to the platform's repository, or by one object on the cluster",
    examples,
    supportsDryRun: true,
    schema: { input: () => inputSchema, output: () => outputSchema },
    async handler(ctx) {
      const input = parseInput(inputSchema, ctx.input);
      const { cluster, namespace } = input;
      const { logger } = ctx;
      const delivery = gitopsDeliveryOf(deliveryOf, cluster);
      if (ctx.isDryRun) {
        logger.info(
          `Dry run: would tell ${DELIVERER[delivery.type]} of the repository`,
        );
        ctx.output('state', 'registered');
        ctx.output('objects', []);
        return;
      }
      const { repositoryUrl } = input;
      if (!input.plan && repositoryUrl === undefined) {
        throw new InputError(
          "The step's input is not usable:\nrepositoryUrl: is needed unless plan is true",
        );
      }
      // Whoever may not deploy there may not have it deployed either.
      await access.open({
        ctx,
        cluster,
        namespaces: [namespace],
        kinds: [],
        clusterScopedKinds: [],
      });
      const registered =
        repositoryUrl === undefined || input.plan
          ? await gitopsPlan({
              access,
              integrations: deps.integrations,
              ctx,
              cluster,
              delivery,
              service: input,
            })
          : await register(
              delivery,
              registrationOf(delivery, { ...input, repositoryUrl }),
            );
      ctx.output('objects', registrationRefs(delivery, input));
      ctx.output('state', registered.state);
      if (registered.pullRequest !== undefined) {
        ctx.output('pullRequest', registered.pullRequest);
      }
      if (registered.link !== undefined) {
        ctx.output('link', registered.link);
      }
      if (registered.changeSet !== undefined) {
        ctx.output('changeSet', registered.changeSet);
      }

      function register(
        to: GitOpsDelivery,
        { objects, file }: Registration,
      ): Promise<Registered> {
        if (to.repository === undefined) {
          return gitopsApply({ access, ctx, cluster, delivery: to, objects });
        }
        return gitopsPropose({
          integrations: deps.integrations,
          config: deps.config,
          ctx,
          repository: to.repository,
          file: { ...file, path: registrationPath(to, file) },
          title: `Deliver ${namespace}/${input.name} to ${cluster}`,
          branchName: `deliver-${namespace}.${input.name}`,
          targetPath: input.targetPath,
        });
      }
    },
  });
}
