import { UrlReaderService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  applyManifests,
  changeSetTable,
  countChanges,
  ManifestFile,
  planApply,
  PlanRefusedError,
  PrometheusLimits,
  readManifests,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { z } from 'zod/v3';
import { ClusterAccess } from '../access/ClusterAccess';
import { parseInput } from '../input/parseInput';
import { changeSetSchema } from './changeSetSchema';
import { clusterNameSchema } from './clusterNameSchema';
import { examples } from './kubernetesApply.examples';
import { manifestSourcesSchema } from './manifestSourcesSchema';
import { objectRefSchema } from './objectRefSchema';
import { openClusterFor } from './openClusterFor';
import { readManifestSources } from './readManifestSources';

const inputSchema = z.object({
  cluster: clusterNameSchema,
  namespace: z
    .string()
    .min(1)
    .describe('Namespace of objects that name none themselves'),
  otherNamespaces: z
    .array(z.string().min(1))
    .default([])
    .describe('Further namespaces that objects may name; any other is refused'),
  sources: manifestSourcesSchema
    .min(1)
    .describe('Manifests, as files of the workspace or as pinned URLs'),
  plan: z
    .boolean()
    .default(false)
    .describe(
      'Only check and try on the server, change nothing, and report what would change',
    ),
  force: z
    .boolean()
    .default(false)
    .describe(
      'Take fields over that other managers own, instead of failing on the conflict',
    ),
});

const outputSchema = z.object({
  changeSet: changeSetSchema.describe('What was, or would be, done'),
  objects: z
    .array(objectRefSchema)
    .describe('All objects of the manifests, for kubernetes:wait'),
  summary: z.string().describe('The change set as a Markdown table'),
});

/** Reads the sources; in a dry run, what a skipped step would have rendered may be missing. */
async function readFiles(
  read: () => Promise<ManifestFile[]>,
  isDryRun: boolean | undefined,
): Promise<ManifestFile[] | undefined> {
  try {
    return await read();
  } catch (error) {
    if (isDryRun && error instanceof InputError) {
      return undefined;
    }
    throw error;
  }
}

/** `kubernetes:apply`: manifests to a cluster by server-side apply, in stages. */
export function createKubernetesApplyAction(deps: {
  access: ClusterAccess;
  reader: UrlReaderService;
  /** Servers that prometheus triggers may name beside those of their namespace. */
  prometheus: PrometheusLimits;
}) {
  const { access, reader, prometheus } = deps;
  return createTemplateAction({
    id: 'kubernetes:apply',
    description:
      'Checks manifests against a Kubernetes cluster and applies them in stages, with server-side apply',
    examples,
    supportsDryRun: true,
    schema: { input: () => inputSchema, output: () => outputSchema },
    async handler(ctx) {
      const input = parseInput(inputSchema, ctx.input);
      const { cluster, namespace, otherNamespaces, sources, force } = input;
      const { logger, signal, isDryRun, workspacePath } = ctx;
      const onProgress = (line: string) => logger.info(line);
      const files = await readFiles(
        () =>
          readManifestSources({
            sources,
            workspacePath,
            reader,
            onProgress,
            signal,
          }),
        isDryRun,
      );
      if (files === undefined) {
        logger.info(
          'The manifests come from a step that a dry run skips; nothing to check',
        );
        output([]);
        return;
      }
      const manifests = readManifests(files);
      // The scaffolder gives every dry run the same template, not the edited one.
      if (isDryRun && !(await access.hasRule(ctx))) {
        logger.info(
          `Dry run: cluster '${cluster}' was not asked, since no rule of sportsbookScaling.apply.rules is about this user and ${
            ctx.templateInfo?.entityRef ?? 'no template'
          }; the manifests can be read`,
        );
        output([]);
        return;
      }
      const opened = await openClusterFor({
        access,
        ctx,
        cluster,
        namespace,
        otherNamespaces,
        manifests,
      });
      const { client } = opened;
      const request = {
        ...opened,
        manifests,
        namespace,
        otherNamespaces,
        prometheus,
        force,
        onProgress,
        signal,
      };
      if (input.plan || isDryRun) {
        const plan = await planApply(request);
        plan.warnings.forEach(warning => logger.warn(warning));
        if (plan.problems.length > 0) {
          throw new PlanRefusedError(client.cluster, plan.problems);
        }
        logger.info(
          `Plan for cluster '${cluster}': ${countChanges(
            plan.changes,
          )}; nothing was changed`,
        );
        output(plan.changes);
        return;
      }
      const changeSet = await applyManifests(request);
      changeSet
        .flatMap(({ warnings }) => warnings)
        .forEach(warning => logger.warn(warning));
      logger.info(`Cluster '${cluster}': ${countChanges(changeSet)}`);
      output(changeSet);

      function output(changes: z.output<typeof changeSetSchema>) {
        ctx.output('changeSet', changes);
        ctx.output(
          'objects',
          changes.map(({ ref }) => ref),
        );
        ctx.output('summary', changeSetTable(changes));
      }
    },
  });
}
