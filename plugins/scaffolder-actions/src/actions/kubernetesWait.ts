import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  accompanyTakeUp,
  ConfiguredPrometheus,
  DEFAULT_WAIT_SECONDS,
  resolveRefs,
  waitForObjects,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { z } from 'zod/v3';
import { ClusterAccess } from '../access/ClusterAccess';
import { parseInput } from '../input/parseInput';
import { clusterNameSchema } from './clusterNameSchema';
import { examples } from './kubernetesWait.examples';
import { namespacesOf } from './namespacesOf';
import { objectRefSchema } from './objectRefSchema';
import { timeoutSecondsSchema } from './timeoutSecondsSchema';

const inputSchema = z.object({
  cluster: clusterNameSchema,
  objects: z
    .array(objectRefSchema)
    .describe('What to wait for, such as the objects of kubernetes:apply'),
  timeoutSeconds: timeoutSecondsSchema(DEFAULT_WAIT_SECONDS).describe(
    'Of the whole wait, in seconds',
  ),
  failFast: z
    .boolean()
    .default(false)
    .describe(
      'End at the first object that failed for good, instead of naming all that fail',
    ),
});

const outputSchema = z.object({
  statuses: z
    .array(
      z.object({
        ref: objectRefSchema,
        status: z.enum(['current', 'inProgress', 'failed', 'terminating']),
        message: z.string(),
      }),
    )
    .describe('What each object has become'),
});

/** `kubernetes:wait`: until every object is what its spec says. */
export function createKubernetesWaitAction(deps: {
  access: ClusterAccess;
  /** Prometheus servers that are configured for a cluster; default none. */
  prometheusServersOf?: (cluster: string) => readonly ConfiguredPrometheus[];
}) {
  const { access, prometheusServersOf } = deps;
  return createTemplateAction({
    id: 'kubernetes:wait',
    description:
      'Waits until objects on a Kubernetes cluster have become what their specs say, and names what blocks them',
    examples,
    supportsDryRun: true,
    schema: { input: () => inputSchema, output: () => outputSchema },
    async handler(ctx) {
      const { cluster, objects, timeoutSeconds, failFast } = parseInput(
        inputSchema,
        ctx.input,
      );
      const { logger, signal } = ctx;
      if (ctx.isDryRun) {
        logger.info('Dry run: nothing to wait for');
        ctx.output(
          'statuses',
          objects.map(ref => ({
            ref,
            status: 'current' as const,
            message: 'dry run',
          })),
        );
        return;
      }
      const request = {
        ctx,
        cluster,
        namespaces: namespacesOf(objects),
        kinds: [],
      };
      const reading = await access.open({ ...request, clusterScopedKinds: [] });
      const { refs, clusterScopedKinds } = resolveRefs(
        objects,
        await reading.discover({ fresh: true, signal }),
      );
      const client =
        clusterScopedKinds.length === 0
          ? reading
          : await access.open({ ...request, clusterScopedKinds });
      logger.info(
        `Waiting at most ${timeoutSeconds} s for ${objects.length} objects on cluster '${cluster}'`,
      );
      const over = new AbortController();
      const accompanied = accompanyTakeUp({
        client,
        objects: refs,
        configured: prometheusServersOf?.(cluster) ?? [],
        onStep: line => logger.info(line),
        signal: AbortSignal.any([
          over.signal,
          ...(signal === undefined ? [] : [signal]),
        ]),
      }).catch((error: unknown) =>
        logger.warn(
          `How long Prometheus takes to see the new monitor cannot be told: ${
            error instanceof Error ? error.message : String(error)
          }`,
        ),
      );
      const statuses = await waitForObjects({
        client,
        objects: refs,
        timeoutSeconds,
        failFast,
        onChange: ({ line }) => logger.info(line),
        onTrouble: line => logger.warn(line),
        signal,
      }).finally(async () => {
        over.abort();
        await accompanied;
      });
      ctx.output('statuses', statuses);
    },
  });
}
