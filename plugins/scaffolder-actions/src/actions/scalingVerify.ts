import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  derivedNames,
  PROMETHEUS_PORT,
  SERVICE_PORT,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import {
  ConfiguredPrometheus,
  DEFAULT_VERIFY_SECONDS,
  KubernetesClient,
  PrometheusClient,
  SCALING_LINKS,
  verifyScaling,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { z } from 'zod/v3';
import { ClusterAccess } from '../access/ClusterAccess';
import { parseInput } from '../input/parseInput';
import { clusterNameSchema } from './clusterNameSchema';
import { examples } from './scalingVerify.examples';
import { timeoutSecondsSchema } from './timeoutSecondsSchema';

const inputSchema = z.object({
  cluster: clusterNameSchema,
  namespace: z.string().min(1).describe('Namespace of the ScaledObject'),
  scaledObject: z.string().min(1).describe('Name of the ScaledObject'),
  timeoutSeconds: timeoutSecondsSchema(DEFAULT_VERIFY_SECONDS).describe(
    'Of the whole walk, in seconds; a fresh service needs 35 to 75',
  ),
});

const outputSchema = z.object({
  report: z
    .object({
      links: z.array(
        z.object({
          id: z.string(),
          title: z.string(),
          detail: z.string(),
          seconds: z.number(),
        }),
      ),
      requestsPerSecond: z.number().optional(),
      warnings: z.array(z.string()),
      autoscaler: z.object({
        name: z.string(),
        minReplicas: z.number(),
        maxReplicas: z.number(),
        requestsPerSecondPerReplica: z.number(),
      }),
      seconds: z.number(),
      serviceUrl: z.string(),
      prometheusUrl: z.string(),
    })
    .optional()
    .describe('Every link of the chain and what was seen; absent in a dry run'),
  serviceUrl: z.string().describe('Where people reach the service'),
  prometheusUrl: z.string().describe('Where people reach its Prometheus'),
});

/** `scaling:verify`: proves that a service scales, or names the first broken link. */
export function createScalingVerifyAction(deps: {
  access: ClusterAccess;
  /** Opens the server that a trigger names. */
  openPrometheus: (options: {
    client: KubernetesClient;
    serverAddress: string;
    namespace: string;
  }) => PrometheusClient | Promise<PrometheusClient>;
  /** Where a cluster's node ports are reached; undefined: its nodes say. */
  nodeAddressOf?: (cluster: string) => string | undefined;
  /** Servers that are configured for a cluster; default none. */
  prometheusServersOf?: (cluster: string) => readonly ConfiguredPrometheus[];
}) {
  const { access, openPrometheus, nodeAddressOf, prometheusServersOf } = deps;
  return createTemplateAction({
    id: 'scaling:verify',
    description:
      "Walks the chain from a service's pods over Prometheus and KEDA to its autoscaler, and names the first broken link",
    examples,
    supportsDryRun: true,
    schema: { input: () => inputSchema, output: () => outputSchema },
    async handler(ctx) {
      const input = parseInput(inputSchema, ctx.input);
      const { cluster, namespace, scaledObject, timeoutSeconds } = input;
      const { logger, signal } = ctx;
      if (ctx.isDryRun) {
        logger.info(
          `Dry run: would prove ${Object.values(SCALING_LINKS).join(', ')}`,
        );
        ctx.output(
          'serviceUrl',
          `http://${scaledObject}.${namespace}.svc:${SERVICE_PORT.number}`,
        );
        ctx.output(
          'prometheusUrl',
          `http://${
            derivedNames(scaledObject).prometheusServer
          }.${namespace}.svc:${PROMETHEUS_PORT.number}`,
        );
        return;
      }
      const client = await access.open({
        ctx,
        cluster,
        namespaces: [namespace],
        kinds: [],
        clusterScopedKinds: [],
      });
      const report = await verifyScaling({
        client,
        openPrometheus: serverAddress =>
          openPrometheus({ client, serverAddress, namespace }),
        target: { namespace, scaledObject },
        timeoutSeconds,
        nodeAddress: nodeAddressOf?.(cluster),
        configuredPrometheus: prometheusServersOf?.(cluster),
        onStep: line => logger.info(line),
        onWarning: line => logger.warn(line),
        signal,
      });
      ctx.output('report', report);
      ctx.output('serviceUrl', report.serviceUrl);
      ctx.output('prometheusUrl', report.prometheusUrl);
    },
  });
}
