import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  ChangeSet,
  changeSetTable,
  countChanges,
  DEFAULT_DELETE_SECONDS,
  planRemoval,
  PlatformRefusedError,
  removePlatform,
  resolveForDelete,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { z } from 'zod/v3';
import { ClusterAccess } from '../access/ClusterAccess';
import { parseInput } from '../input/parseInput';
import { changeSetSchema } from './changeSetSchema';
import { clusterNameSchema } from './clusterNameSchema';
import { namespacesOf } from './namespacesOf';
import { examples } from './platformRemove.examples';
import {
  lookingAtPlatform,
  platformReachFields,
  platformReachOf,
} from './platformReachSchema';
import { timeoutSecondsSchema } from './timeoutSecondsSchema';

const inputSchema = z.object({
  cluster: clusterNameSchema,
  confirmCluster: z
    .string()
    .describe('The name of the cluster once more, as somebody typed it'),
  ...platformReachFields,
  plan: z
    .boolean()
    .default(false)
    .describe('Only report what would be removed'),
  timeoutSeconds: timeoutSecondsSchema(DEFAULT_DELETE_SECONDS).describe(
    "Until each stage's objects are gone, in seconds",
  ),
});

const outputSchema = z.object({
  changeSet: changeSetSchema.describe('What was, or would be, deleted'),
  summary: z.string().describe('The change set as a Markdown table'),
});

/** `platform:remove`: takes away what `platform:install` has made. */
export function createPlatformRemoveAction(deps: {
  access: ClusterAccess;
  /** Throws where the cluster's objects come from somebody else, such as Flux. */
  assertDirectDelivery?: (cluster: string) => void;
}) {
  const { access, assertDirectDelivery } = deps;
  return createTemplateAction({
    id: 'platform:remove',
    description:
      'Removes the Prometheus operator and KEDA where platform:install has installed them, while nobody needs them',
    examples,
    supportsDryRun: true,
    schema: { input: () => inputSchema, output: () => outputSchema },
    async handler(ctx) {
      const input = parseInput(inputSchema, ctx.input);
      const { cluster, confirmCluster, plan, timeoutSeconds } = input;
      const { logger, signal } = ctx;
      const output = (changeSet: ChangeSet) => {
        ctx.output('changeSet', changeSet);
        ctx.output('summary', changeSetTable(changeSet));
      };
      if (ctx.isDryRun) {
        logger.info('Dry run: nothing is deleted');
        output([]);
        return;
      }
      if (confirmCluster !== cluster) {
        throw new PlatformRefusedError(cluster, [
          `the name that was typed is '${confirmCluster}', not '${cluster}'; type the name of the cluster that is meant`,
        ]);
      }
      if (!plan) {
        assertDirectDelivery?.(cluster);
      }
      const reach = platformReachOf(input);
      const looking = lookingAtPlatform(reach);
      const reading = await access.open({ ctx, cluster, ...looking });
      const { objects, leftovers, refusals } = await planRemoval({
        client: reading,
        reach,
        signal,
      });
      if (refusals.length > 0) {
        throw new PlatformRefusedError(cluster, refusals);
      }
      const { objects: resolved, ...granted } = await resolveForDelete({
        client: reading,
        manifests: [],
        objects: [...objects, ...leftovers.map(ref => ({ ref }))],
        namespace: input.namespace,
        signal,
      });
      const refs = resolved.map(({ ref }) => ref);
      const client = await access.open({
        ctx,
        cluster,
        namespaces: namespacesOf(refs),
        ...granted,
      });
      if (plan || objects.length === 0) {
        logger.info(
          objects.length === 0
            ? `Cluster '${cluster}' has nothing that this template has installed`
            : `Plan for cluster '${cluster}': ${objects.length} objects would be deleted; nothing was changed`,
        );
        output(refs.map(ref => ({ ref, action: 'deleted', warnings: [] })));
        return;
      }
      const changeSet = await removePlatform({
        client,
        reach,
        granted,
        timeoutSeconds,
        onProgress: line => logger.info(line),
        signal,
      });
      logger.info(`Cluster '${cluster}': ${countChanges(changeSet)}`);
      output(changeSet);
    },
  });
}
