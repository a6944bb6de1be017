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
  readManifests,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { z } from 'zod/v3';
import { ClusterAccess } from '../access/ClusterAccess';
import { parseInput } from '../input/parseInput';
import { changeSetSchema } from './changeSetSchema';
import { examples } from './kubernetesApply.examples';
import { manifestSourcesSchema } from './manifestSourcesSchema';
import { objectRefSchema } from './objectRefSchema';
import { openClusterFor } from './openClusterFor';
import { readManifestSources } from './readManifestSources';

const inputSchema = z.object({
  cluster: z
    .string()
    .min(1)
    .describe("Name of a cluster that Backstage's kubernetes plugin knows"),
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
}) {
  const { access, reader } = deps;
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
        ctx.output('changeSet', []);
        ctx.output('objects', []);
        ctx.output('summary', changeSetTable([]));
        return;
      }
      const manifests = readManifests(files);
      const client = await openClusterFor({
        access,
        ctx,
        cluster,
        namespaces: [...new Set([namespace, ...otherNamespaces])],
        manifests,
      });
      const request = {
        client,
        manifests,
        namespace,
        otherNamespaces,
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
