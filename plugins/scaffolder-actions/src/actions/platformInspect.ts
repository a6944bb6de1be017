import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  inspectPlatform,
  platformLines,
  PlatformNotReadyError,
  platformProblems,
  platformTable,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { z } from 'zod/v3';
import { ClusterAccess } from '../access/ClusterAccess';
import { parseInput } from '../input/parseInput';
import { clusterNameSchema } from './clusterNameSchema';
import { examples } from './platformInspect.examples';
import { platformReportSchema } from './platformReportSchema';
import {
  lookingAtPlatform,
  platformReachFields,
  platformReachOf,
} from './platformReachSchema';

const inputSchema = z.object({
  cluster: clusterNameSchema,
  ...platformReachFields,
  requireReady: z
    .boolean()
    .default(false)
    .describe('Fail where services cannot scale on the cluster yet'),
});

const outputSchema = z.object({
  report: platformReportSchema
    .optional()
    .describe('Everything that was found; none in a dry run'),
  isReady: z.boolean().describe('Whether services can scale on the cluster'),
  problems: z
    .array(z.string())
    .describe('Why they cannot, one sentence each with the next step'),
  summary: z.string().describe('The report as a Markdown table'),
});

/** `platform:inspect`: what a cluster has of operator, KEDA and Prometheus servers. */
export function createPlatformInspectAction(deps: { access: ClusterAccess }) {
  const { access } = deps;
  return createTemplateAction({
    id: 'platform:inspect',
    description:
      'Looks at what a Kubernetes cluster has of the Prometheus operator, KEDA and Prometheus servers, and whether that works',
    examples,
    supportsDryRun: true,
    schema: { input: () => inputSchema, output: () => outputSchema },
    async handler(ctx) {
      const { cluster, scope, namespace, requireReady } = parseInput(
        inputSchema,
        ctx.input,
      );
      const { logger, signal } = ctx;
      if (ctx.isDryRun) {
        logger.info(`Dry run: cluster '${cluster}' is not asked`);
        ctx.output('isReady', false);
        ctx.output('problems', []);
        ctx.output('summary', 'The cluster was not asked.');
        return;
      }
      const reach = platformReachOf({ scope, namespace });
      const client = await access.open({
        ctx,
        cluster,
        ...lookingAtPlatform(reach),
      });
      const report = await inspectPlatform({ client, reach, signal });
      platformLines(report).forEach(line => logger.info(line));
      const problems = platformProblems(report);
      ctx.output('report', platformReportSchema.parse(report));
      ctx.output('isReady', problems.length === 0);
      ctx.output('problems', problems);
      ctx.output('summary', platformTable(report));
      if (requireReady && problems.length > 0) {
        throw new PlatformNotReadyError(cluster, problems);
      }
      problems.forEach(problem => logger.warn(problem));
    },
  });
}
