import { UrlReaderService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  applyManifests,
  assertDirectDelivery,
  changeSetTable,
  countChanges,
  DELIVERER,
  DeliverySetting,
  ManifestFile,
  NewNamespace,
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
  createNamespace: z
    .boolean()
    .default(false)
    .describe(
      'Make the namespace where it is absent and the settings of the cluster allow it, with the quota, limits and pod security that they name',
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
    .describe(
      'All objects of the manifests, for kubernetes:wait; not what makes the namespace',
    ),
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

const WRITER = {
  apply: 'self',
  flux: 'controller',
  argocd: 'controller',
  none: 'people',
} as const;

/** `kubernetes:apply`: manifests to a cluster by server-side apply, in stages. */
export function createKubernetesApplyAction(deps: {
  access: ClusterAccess;
  reader: UrlReaderService;
  /** Servers that prometheus triggers may name beside those of their namespace. */
  prometheus: PrometheusLimits;
  /** What to do where a namespace is absent. Default: it has to exist. */
  newNamespaceOf?: (
    cluster: string,
    namespace: string,
  ) => NewNamespace | undefined;
  /** How services get onto a cluster. Default: by this action. */
  deliveryOf?: (cluster: string) => DeliverySetting;
}) {
  const { access, reader, prometheus, newNamespaceOf } = deps;
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
      const delivery = deps.deliveryOf?.(cluster) ?? { type: 'apply' };
      const isPlan = input.plan || isDryRun === true;
      if (!isPlan) {
        assertDirectDelivery({ cluster, delivery, what: 'kubernetes:apply' });
      }
      // Whoever delivers there makes no namespaces by our settings.
      const newNamespace =
        input.createNamespace && delivery.type === 'apply'
          ? newNamespaceOf?.(cluster, namespace)
          : undefined;
      const ofNamespace =
        newNamespace !== undefined && 'source' in newNamespace
          ? newNamespace.source
          : undefined;
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
        newNamespace,
        manifests,
        namespace,
        otherNamespaces,
        prometheus,
        force,
        onProgress,
        signal,
      };
      if (isPlan) {
        const writer = WRITER[delivery.type];
        if (writer !== 'self') {
          logger.info(
            `Manifests get onto cluster '${cluster}' by ${
              DELIVERER[delivery.type]
            }: the plan only reads, and tries nothing on the server`,
          );
        }
        const plan = await planApply({ ...request, writer });
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
          changes

            .filter(
              ({ file }) => ofNamespace === undefined || file !== ofNamespace,
            )
            .map(({ ref }) => ref),
        );
        ctx.output('summary', changeSetTable(changes));
      }
    },
  });
}
