import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { formatObjectRef } from '@sportsbook/plugin-sportsbook-scaling-common';
import {
  DEFAULT_DELIVERY_SECONDS,
  DELIVERER,
  DeliverySetting,
  registrationRefs,
  waitForDelivery,
  waitForRegistration,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { z } from 'zod/v3';
import { ClusterAccess } from '../access/ClusterAccess';
import { parseInput } from '../input/parseInput';
import { examples } from './gitopsWait.examples';
import { gitopsAwaitRemoval } from './gitopsAwaitRemoval';
import { gitopsDeliveryOf, gitopsServiceSchema } from './gitopsServiceSchema';
import { objectRefSchema } from './objectRefSchema';
import { timeoutSecondsSchema } from './timeoutSecondsSchema';

const inputSchema = gitopsServiceSchema.extend({
  commit: z
    .string()
    .regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/, 'must be a whole commit hash')
    .optional()
    .describe(
      'Commit of the repository that has to be delivered; absent: whichever is',
    ),
  until: z
    .enum(['delivered', 'removed'])
    .default('delivered')
    .describe(
      'delivered: the controller has applied it. removed: the controller and what it has applied are gone',
    ),
  objects: z
    .array(objectRefSchema)
    .default([])
    .describe(
      "The service's objects that have to be gone, with until: removed",
    ),
  awaitsMerge: z
    .boolean()
    .optional()
    .describe(
      'Whether a person has to merge before the controller learns of it; absent: as repository.by of the cluster says',
    ),
  timeoutSeconds: timeoutSecondsSchema(DEFAULT_DELIVERY_SECONDS).describe(
    'From the moment that the controller knows of it, in seconds',
  ),
});

const outputSchema = z.object({
  state: z
    .enum(['delivered', 'removed', 'awaitingMerge'])
    .describe(
      'delivered: applied at the commit and healthy. removed: gone. awaitingMerge: the pull request has not been merged so far',
    ),
  summary: z.string().describe('What it has come to, as a sentence'),
});

/** `gitops:wait`: until Flux or Argo CD has delivered a service, by reading alone. */
export function createGitopsWaitAction(deps: {
  access: ClusterAccess;
  deliveryOf: (cluster: string) => DeliverySetting;
}) {
  const { access, deliveryOf } = deps;
  return createTemplateAction({
    id: 'gitops:wait',
    description:
      'Waits until Flux or Argo CD has applied a commit and found it healthy, or has removed a service, and names what blocks it; writes nothing',
    examples,
    supportsDryRun: true,
    schema: { input: () => inputSchema, output: () => outputSchema },
    async handler(ctx) {
      const input = parseInput(inputSchema, ctx.input);
      const { cluster, namespace, name, commit, timeoutSeconds } = input;
      const { logger, signal } = ctx;
      const delivery = gitopsDeliveryOf(deliveryOf, cluster);
      const deliverer = DELIVERER[delivery.type];
      if (ctx.isDryRun) {
        logger.info(`Dry run: nothing to wait for`);
        ctx.output('state', input.until);
        ctx.output('summary', 'dry run');
        return;
      }
      const objects = registrationRefs(delivery, { namespace, name });
      const reading = { ctx, kinds: [], clusterScopedKinds: [] };
      // Who may see a service's namespace may see what delivers it.
      const own = await access.open({
        ...reading,
        cluster,
        namespaces: [namespace],
      });
      const control =
        'controlCluster' in delivery ? delivery.controlCluster : undefined;
      const client =
        control === undefined || control === cluster
          ? own
          : await access.open({
              ...reading,
              cluster: control,
              namespaces: [delivery.namespace ?? namespace],
            });
      const wait = {
        client,
        objects,
        onProgress: (line: string) => logger.info(line),
        signal,
      };
      const waitForMergeSeconds = delivery.repository?.waitForMergeSeconds ?? 0;
      const awaitsMerge =
        input.awaitsMerge ?? delivery.repository?.by === 'pullRequest';
      if (awaitsMerge) {
        logger.info(
          waitForMergeSeconds === 0
            ? 'Looking whether the pull request has been merged'
            : `Waiting at most ${waitForMergeSeconds} s for the pull request to be merged`,
        );
      }
      if (input.until === 'removed') {
        const removal = await gitopsAwaitRemoval({
          ...wait,
          own,
          ofService: input.objects,
          what: `${namespace}/${name}`,
          cluster,
          deliverer,
          waitForMergeSeconds: awaitsMerge ? waitForMergeSeconds : undefined,
          timeoutSeconds,
        });
        logger.info(removal.summary);
        ctx.output('state', removal.state);
        ctx.output('summary', removal.summary);
        return;
      }
      if (awaitsMerge) {
        if (
          !(await waitForRegistration({
            ...wait,
            timeoutSeconds: waitForMergeSeconds,
          }))
        ) {
          const summary = `${deliverer} delivers ${namespace}/${name} to cluster '${cluster}' once the pull request is merged; its page shows when it runs`;
          logger.info(summary);
          ctx.output('state', 'awaitingMerge');
          ctx.output('summary', summary);
          return;
        }
      }
      logger.info(
        `Waiting at most ${timeoutSeconds} s for ${objects
          .map(formatObjectRef)
          .join(', ')} on cluster '${client.cluster}'`,
      );
      const waited = await waitForDelivery({ ...wait, commit, timeoutSeconds });
      const summary = `${deliverer} has delivered ${namespace}/${name} to cluster '${cluster}': ${
        waited.at(-1)?.message
      }`;
      logger.info(summary);
      ctx.output('state', 'delivered');
      ctx.output('summary', summary);
    },
  });
}
