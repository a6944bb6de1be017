import { UrlReaderService } from '@backstage/backend-plugin-api';
import {
  ActionContext,
  createTemplateAction,
} from '@backstage/plugin-scaffolder-node';
import { objectRefOf } from '@sportsbook/plugin-sportsbook-scaling-common';
import {
  changeSetTable,
  countChanges,
  decidePlatform,
  DEFAULT_PLATFORM_SECONDS,
  findLeftBehind,
  inspectPlatform,
  installPlatform,
  leaveForeign,
  ManifestFile,
  needsRelease,
  planApply,
  PlanRefusedError,
  PlatformComponent,
  PlatformDecision,
  platformManifests,
  PlatformRefusedError,
  PlatformSettings,
  writes,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { JsonObject } from '@backstage/types';
import { z } from 'zod/v3';
import { ClusterAccess } from '../access/ClusterAccess';
import { parseInput } from '../input/parseInput';
import { changeSetSchema } from './changeSetSchema';
import { clusterNameSchema } from './clusterNameSchema';
import { openClusterFor } from './openClusterFor';
import { examples } from './platformInstall.examples';
import {
  lookingAtPlatform,
  platformReachFields,
  platformReachOf,
} from './platformReachSchema';
import { readManifestSources } from './readManifestSources';
import { timeoutSecondsSchema } from './timeoutSecondsSchema';

const inputSchema = z.object({
  cluster: clusterNameSchema,
  ...platformReachFields,
  definitions: z
    .enum(['needed', 'all'])
    .default('needed')
    .describe(
      'The five definitions that the operator needs for Prometheus, or all of its bundle, Alertmanager and Thanos included',
    ),
  plan: z
    .boolean()
    .default(false)
    .describe(
      'Only check and try on the server, change nothing, and report what would change',
    ),
  timeoutSeconds: timeoutSecondsSchema(DEFAULT_PLATFORM_SECONDS).describe(
    'Until everything works, in seconds',
  ),
});

const decisionSchema = z.object({
  component: z.enum(['prometheusOperator', 'keda']),
  verdict: z.enum(['install', 'upgrade', 'ensure', 'keep', 'refuse']),
  reason: z.string(),
  from: z.string().optional().describe('Version that was there'),
  to: z.string().optional().describe('Version that is there now'),
});

const outputSchema = z.object({
  decisions: z
    .array(decisionSchema)
    .describe('What was, or would be, done about operator and KEDA, and why'),
  changeSet: changeSetSchema.describe('What was, or would be, done'),
  summary: z
    .string()
    .describe('Decisions and change set, as Markdown for people'),
});

type Input = z.output<typeof inputSchema>;

/** What is decided, one line each, and the objects below. */
function summaryOf(
  decisions: PlatformDecision[],
  left: string[],
  table: string | undefined,
): string {
  return [
    ...decisions.map(({ reason }) => `- ${reason}.`),
    ...(left.length === 0
      ? []
      : [`- Left as somebody else made them: ${left.join(', ')}.`]),
    ...(table === undefined ? [] : ['', table]),
  ].join('\n');
}

/** The release files that the decisions take, as they are pinned. */
async function readReleases(options: {
  decisions: PlatformDecision[];
  input: Input;
  settings: PlatformSettings;
  reader: UrlReaderService;
  ctx: Pick<ActionContext<JsonObject>, 'logger' | 'signal' | 'workspacePath'>;
}): Promise<Partial<Record<PlatformComponent, ManifestFile>>> {
  const { decisions, input, settings, reader, ctx } = options;
  const releases: Partial<Record<PlatformComponent, ManifestFile>> = {};
  for (const decision of decisions) {
    if (needsRelease(decision, input)) {
      const { url, sha256 } = settings.releases[decision.component];
      const [file] = await readManifestSources({
        sources: [{ url, sha256 }],
        workspacePath: ctx.workspacePath,
        reader,
        onProgress: line => ctx.logger.info(line),
        signal: ctx.signal,
      });
      releases[decision.component] = file;
    }
  }
  return releases;
}

/** `platform:install`: brings what is missing of operator and KEDA, and only that. */
export function createPlatformInstallAction(deps: {
  access: ClusterAccess;
  reader: UrlReaderService;
  settings: PlatformSettings;
  /** Throws where the cluster's objects come from somebody else, such as Flux. */
  assertDirectDelivery?: (cluster: string) => void;
}) {
  const { access, reader, settings, assertDirectDelivery } = deps;
  return createTemplateAction({
    id: 'platform:install',
    description:
      'Installs what a Kubernetes cluster lacks of the Prometheus operator and KEDA, with the least rights, and upgrades what it has installed itself',
    examples,
    supportsDryRun: true,
    schema: { input: () => inputSchema, output: () => outputSchema },
    async handler(ctx) {
      const input = parseInput(inputSchema, ctx.input);
      const { cluster, scope, namespace, definitions, plan } = input;
      const { logger, signal } = ctx;
      const onProgress = (line: string) => logger.info(line);
      if (ctx.isDryRun) {
        logger.info(`Dry run: cluster '${cluster}' is not asked`);
        ctx.output('decisions', []);
        ctx.output('changeSet', []);
        ctx.output('summary', 'The cluster was not asked.');
        return;
      }
      const reach = platformReachOf(input);
      const reading = await access.open({
        ctx,
        cluster,
        ...lookingAtPlatform(reach),
      });
      const report = await inspectPlatform({ client: reading, reach, signal });
      const { releases: pinned, imageRegistry } = settings;
      const decisions = decidePlatform(report, {
        versions: {
          prometheusOperator: pinned.prometheusOperator.version,
          keda: pinned.keda.version,
        },
        scope,
      });
      decisions.forEach(({ reason }) => logger.info(reason));
      ctx.output('decisions', decisions);
      const refused = decisions.filter(({ verdict }) => verdict === 'refuse');
      if (refused.length > 0) {
        throw new PlatformRefusedError(
          cluster,
          refused.map(({ reason }) => reason),
        );
      }
      if (!decisions.some(writes)) {
        ctx.output('changeSet', []);
        ctx.output('summary', summaryOf(decisions, [], undefined));
        return;
      }
      if (!plan) {
        assertDirectDelivery?.(cluster);
      }
      const operator = { namespace, scope };
      const objects = platformManifests({
        decisions,
        releases: await readReleases({
          decisions,
          input,
          settings,
          reader,
          ctx,
        }),
        choices: {
          operator,
          definitions,
          ...(imageRegistry === undefined ? {} : { imageRegistry }),
        },
      });
      const otherNamespaces = [
        ...new Set(
          objects.flatMap(({ object }) => object.metadata.namespace ?? []),
        ),
      ].filter(name => name !== namespace);
      const leftBehind = await findLeftBehind({
        client: reading,
        decisions,
        objects,
        reach,
        signal,
      });
      const opened = await openClusterFor({
        access,
        ctx,
        cluster,
        namespace,
        otherNamespaces,
        manifests: [...objects, ...leftBehind],
      });
      const { manifests, left, problems } = await leaveForeign({
        client: opened.client,
        objects,
        signal,
      });
      if (problems.length > 0) {
        throw new PlanRefusedError(cluster, problems);
      }
      const request = {
        ...opened,
        manifests,
        namespace,
        otherNamespaces,
        onProgress,
        signal,
      };
      if (plan) {
        const planned = await planApply(request);
        planned.warnings.forEach(warning => logger.warn(warning));
        if (planned.problems.length > 0) {
          throw new PlanRefusedError(cluster, planned.problems);
        }
        logger.info(
          `Plan for cluster '${cluster}': ${countChanges(
            planned.changes,
          )}; nothing was changed`,
        );
        output([
          ...planned.changes,
          ...leftBehind.map(({ object }) => ({
            ref: objectRefOf(object),
            action: 'deleted' as const,
            reason: 'the new release has none',
            warnings: [],
          })),
        ]);
        return;
      }
      const changeSet = await installPlatform({
        ...request,
        leftBehind,
        decisions,
        operator,
        timeoutSeconds: input.timeoutSeconds,
        onTrouble: line => logger.warn(line),
      });
      logger.info(`Cluster '${cluster}': ${countChanges(changeSet)}`);
      output(changeSet);

      function output(changes: z.output<typeof changeSetSchema>) {
        ctx.output('changeSet', changes);
        ctx.output(
          'summary',
          summaryOf(decisions, left, changeSetTable(changes)),
        );
      }
    },
  });
}
