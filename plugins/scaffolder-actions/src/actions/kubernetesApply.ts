import { UrlReaderService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  applyManifests,
  assertDirectDelivery,
  ChangeSet,
  changeSetTable,
  countChanges,
  DELIVERER,
  DeliverySetting,
  ManifestFile,
  NewNamespace,
  planApply,
  PlanRefusedError,
  PrometheusLimits,
  prunedKindsOf,
  readManifests,
  renderDiff,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { z } from 'zod/v3';
import { ClusterAccess } from '../access/ClusterAccess';
import { parseInput } from '../input/parseInput';
import { applySetSchema } from './applySetSchema';
import { changeSetSchema } from './changeSetSchema';
import { clusterNameSchema } from './clusterNameSchema';
import { examples } from './kubernetesApply.examples';
import { manifestSourcesSchema } from './manifestSourcesSchema';
import { objectRefSchema } from './objectRefSchema';
import { openClusterFor } from './openClusterFor';
import { readManifestSources } from './readManifestSources';
import { unreachablePlan } from './unreachablePlan';
import { writeChoicesSchema } from './writeChoicesSchema';
import {
  ChangeSetReport,
  reportingFailures,
  reportOf,
} from './reportChangeSet';

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
  applySet: applySetSchema
    .optional()
    .describe(
      'Marks the objects as members of this ApplySet (KEP-3659), so that a later apply knows what its manifests no longer have',
    ),
  prune: z
    .boolean()
    .default(false)
    .describe(
      'Once everything is applied, remove what an earlier apply of the set made and the manifests lack; never a namespace or definition',
    ),
  onFailure: z
    .enum(['keep', 'rollback'])
    .default('keep')
    .describe(
      'What becomes of a run that fails: what it wrote stays, or what it made is deleted again',
    ),
  force: z
    .boolean()
    .default(false)
    .describe(
      'Take every field over that other managers own, instead of failing on the conflict',
    ),
  ...writeChoicesSchema,
});

const outputSchema = z.object({
  changeSet: changeSetSchema.describe(
    'What was, or would be, done; given also when the step fails',
  ),
  counts: z.string().describe('How many objects were created, and so on'),
  objects: z
    .array(objectRefSchema)
    .describe(
      'All objects of the manifests, for kubernetes:wait; not what makes the namespace or stands for the set',
    ),
  summary: z.string().describe('The change set as a Markdown table'),
  diff: z
    .string()
    .optional()
    .describe(
      'Of a plan: what would change, as unified diff with secrets masked; at most 64 KiB',
    ),
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
      if (input.prune && input.applySet === undefined) {
        throw new InputError(
          'prune needs an applySet: without one nobody knows what an earlier apply made',
        );
      }
      const manifests = readManifests(files);
      // Whoever delivers there does not mark the objects.
      const applySet =
        input.applySet === undefined || delivery.type !== 'apply'
          ? undefined
          : {
              ...input.applySet,
              namespace: input.applySet.namespace ?? namespace,
              task: ctx.task.id,
            };
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
      if (isPlan && WRITER[delivery.type] === 'people') {
        const unseen = await unreachablePlan({
          access,
          ctx,
          cluster,
          namespaces: [...new Set([namespace, ...otherNamespaces])],
          manifests,
        });
        if (unseen !== undefined) {
          logger.warn(
            `The plan says nothing of cluster '${cluster}', which ${
              DELIVERER[delivery.type]
            } apply to: ${unseen.reason}`,
          );
          output(unseen.changes);
          return;
        }
      }
      const opened = await openClusterFor({
        access,
        ctx,
        cluster,
        namespace,
        otherNamespaces,
        manifests,
        alsoWritten:
          applySet === undefined || !input.prune
            ? undefined
            : reading =>
                prunedKindsOf({
                  client: reading,
                  manifests,
                  namespace,
                  otherNamespaces,
                  applySet,
                  signal,
                }),
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
        forceConflicts: input.forceConflicts,
        migrateFrom: input.migrateFrom,
        recreate: input.recreate,
        applySet,
        prune: input.prune,
        onFailure: input.onFailure,
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
        const plan = await planApply({ ...request, writer, diff: true });
        plan.warnings.forEach(warning => logger.warn(warning));
        if (plan.problems.length > 0) {
          giveReport(reportOf(plan.changes));
          throw new PlanRefusedError(client.cluster, plan.problems);
        }
        const diff = renderDiff(plan.diffs);
        if (diff !== '') {
          logger.info(`What would change:\n${diff}`);
        }
        ctx.output('diff', diff);
        logger.info(
          `Plan for cluster '${cluster}': ${countChanges(
            plan.changes,
          )}; nothing was changed`,
        );
        output(plan.changes);
        return;
      }
      const changeSet = await reportingFailures(() => applyManifests(request), {
        cluster,
        logger,
        output: giveReport,
      });
      changeSet
        .flatMap(({ warnings }) => warnings)
        .forEach(warning => logger.warn(warning));
      logger.info(changeSetTable(changeSet));
      logger.info(`Cluster '${cluster}': ${countChanges(changeSet)}`);
      output(changeSet);

      function giveReport(report: ChangeSetReport) {
        ctx.output('changeSet', report.changeSet);
        ctx.output('counts', report.counts);
        ctx.output('summary', report.summary);
      }

      function output(changes: ChangeSet) {
        giveReport(reportOf(changes));
        ctx.output(
          'objects',
          changes
            // What comes from no file is left over from an earlier apply, or the set's own.
            .filter(({ file }) => file !== undefined && file !== ofNamespace)
            .map(({ ref }) => ref),
        );
      }
    },
  });
}
