import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  DELIVERER,
  DeliverySetting,
  isGitOps,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { z } from 'zod/v3';
import { parseInput } from '../input/parseInput';
import { clusterNameSchema } from './clusterNameSchema';
import { examples } from './deliveryDescribe.examples';

const inputSchema = z.object({ cluster: clusterNameSchema });

const outputSchema = z.object({
  type: z
    .enum(['apply', 'flux', 'argocd', 'none'])
    .describe('As sportsbookScaling.clusters[].delivery says'),
  isGitOps: z
    .boolean()
    .describe("Whether Flux or Argo CD applies the service's repository"),
});

/** `delivery:describe`: how services get onto a cluster, for the `if` of later steps. */
export function createDeliveryDescribeAction(deps: {
  deliveryOf: (cluster: string) => DeliverySetting;
}) {
  return createTemplateAction({
    id: 'delivery:describe',
    description:
      'Tells whether Backstage, Flux, Argo CD or nobody but its own people apply manifests to a cluster',
    examples,
    supportsDryRun: true,
    schema: { input: () => inputSchema, output: () => outputSchema },
    async handler(ctx) {
      const { cluster } = parseInput(inputSchema, ctx.input);
      const delivery = deps.deliveryOf(cluster);
      ctx.logger.info(
        `Manifests get onto cluster '${cluster}' by ${
          DELIVERER[delivery.type]
        }`,
      );
      ctx.output('type', delivery.type);
      ctx.output('isGitOps', isGitOps(delivery));
    },
  });
}
