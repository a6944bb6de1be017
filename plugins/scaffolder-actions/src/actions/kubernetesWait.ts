import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  DEFAULT_WAIT_SECONDS,
  waitForObjects,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { z } from 'zod/v3';
import { ClusterAccess } from '../access/ClusterAccess';
import { parseInput } from '../input/parseInput';
import { examples } from './kubernetesWait.examples';
import { namespacesOf } from './namespacesOf';
import { objectRefSchema } from './objectRefSchema';

const inputSchema = z.object({
  cluster: z
    .string()
    .min(1)
    .describe("Name of a cluster that Backstage's kubernetes plugin knows"),
  objects: z
    .array(objectRefSchema)
    .describe('What to wait for, such as the objects of kubernetes:apply'),
  timeoutSeconds: z
    .number()
    .int()
    .min(1)
    .max(3600)
    .default(DEFAULT_WAIT_SECONDS)
    .describe('Of the whole wait, in seconds'),
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
export function createKubernetesWaitAction(deps: { access: ClusterAccess }) {
  const { access } = deps;
  return createTemplateAction({
    id: 'kubernetes:wait',
    description:
      'Waits until objects on a Kubernetes cluster have become what their specs say, and names what blocks them',
    examples,
    supportsDryRun: true,
    schema: { input: () => inputSchema, output: () => outputSchema },
    async handler(ctx) {
      const { cluster, objects, timeoutSeconds } = parseInput(
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
      const client = await access.open({
        ctx,
        cluster,
        namespaces: namespacesOf(objects),
        clusterScopedKinds: [],
      });
      logger.info(
        `Waiting at most ${timeoutSeconds} s for ${objects.length} objects on cluster '${cluster}'`,
      );
      const statuses = await waitForObjects({
        client,
        objects,
        timeoutSeconds,
        onChange: ({ line }) => logger.info(line),
        onTrouble: line => logger.warn(line),
        signal,
      });
      ctx.output('statuses', statuses);
    },
  });
}
