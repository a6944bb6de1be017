import { UrlReaderService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { formatObjectRef } from '@sportsbook/plugin-sportsbook-scaling-common';
import {
  assertDirectDelivery,
  countChanges,
  DEFAULT_DELETE_SECONDS,
  deleteObjects,
  DeliverySetting,
  readManifests,
  resolveForDelete,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { z } from 'zod/v3';
import { ClusterAccess } from '../access/ClusterAccess';
import { parseInput } from '../input/parseInput';
import { applySetSchema } from './applySetSchema';
import { changeSetSchema } from './changeSetSchema';
import { clusterNameSchema } from './clusterNameSchema';
import { examples } from './kubernetesDelete.examples';
import { manifestSourcesSchema } from './manifestSourcesSchema';
import { objectRefSchema } from './objectRefSchema';
import { readManifestSources } from './readManifestSources';
import {
  ChangeSetReport,
  reportingFailures,
  reportOf,
} from './reportChangeSet';
import { timeoutSecondsSchema } from './timeoutSecondsSchema';

const inputSchema = z.object({
  cluster: clusterNameSchema,
  namespace: z
    .string()
    .min(1)
    .describe('Namespace of manifests that name none themselves'),
  otherNamespaces: z
    .array(z.string().min(1))
    .default([])
    .describe(
      'Further namespaces that objects may be in; any other is refused',
    ),
  objects: z
    .array(
      objectRefSchema.extend({
        uid: z
          .string()
          .optional()
          .describe('Leaves another object of the same name alone'),
      }),
    )
    .default([])
    .describe('What to delete'),
  sources: manifestSourcesSchema
    .default([])
    .describe('Manifests whose objects to delete, besides or instead'),
  applySet: applySetSchema
    .optional()
    .describe(
      'Delete all members of this ApplySet, and the ConfigMap that stands for it last',
    ),
  evenForeign: z
    .boolean()
    .default(false)
    .describe('Also delete objects that these actions have not applied'),
  withContents: z
    .boolean()
    .default(false)
    .describe(
      'Also delete namespaces and definitions, and with them everything inside',
    ),
  plan: z
    .boolean()
    .default(false)
    .describe('Only say what would be deleted, and delete nothing'),
  timeoutSeconds: timeoutSecondsSchema(DEFAULT_DELETE_SECONDS).describe(
    "Until each stage's objects are gone, in seconds",
  ),
});

const outputSchema = z.object({
  changeSet: changeSetSchema.describe(
    'What was deleted, and what was not; given also when the step fails',
  ),
  counts: z.string().describe('How many objects were deleted, and so on'),
  objects: z
    .array(objectRefSchema)
    .describe('All that was named, also what was left alone, for gitops:wait'),
  summary: z.string().describe('The change set as a Markdown table'),
});

type Deleted = z.output<typeof inputSchema>['objects'][number];

function assertNamespacesAllowed(objects: Deleted[], namespaces: string[]) {
  const foreign = objects.filter(
    ({ namespace }) =>
      namespace !== undefined && !namespaces.includes(namespace),
  );
  if (foreign.length > 0) {
    throw new InputError(
      `Nothing was deleted: ${foreign.map(formatObjectRef).join(', ')} ${
        foreign.length === 1 ? 'is' : 'are'
      } outside ${namespaces
        .map(name => `'${name}'`)
        .join(
          ', ',
        )}. Add the namespace to otherNamespaces, or leave the object out.`,
    );
  }
}

/** `kubernetes:delete`: the reverse of `kubernetes:apply`, only what is ours. */
export function createKubernetesDeleteAction(deps: {
  access: ClusterAccess;
  reader: UrlReaderService;
  /** How services get onto a cluster. Default: by these actions. */
  deliveryOf?: (cluster: string) => DeliverySetting;
}) {
  const { access, reader } = deps;
  return createTemplateAction({
    id: 'kubernetes:delete',
    description:
      'Deletes objects that kubernetes:apply has made, in the reverse order, and leaves all others alone',
    examples,
    supportsDryRun: true,
    schema: { input: () => inputSchema, output: () => outputSchema },
    async handler(ctx) {
      const input = parseInput(inputSchema, ctx.input);
      const { cluster, namespace, sources } = input;
      const { logger, signal } = ctx;
      if (ctx.isDryRun) {
        logger.info('Dry run: nothing is deleted');
        output(reportOf([]));
        return;
      }
      const delivery = deps.deliveryOf?.(cluster) ?? { type: 'apply' };
      if (!input.plan) {
        assertDirectDelivery({
          cluster,
          delivery,
          what: 'kubernetes:delete',
        });
      }
      if (
        sources.length === 0 &&
        input.objects.length === 0 &&
        input.applySet === undefined
      ) {
        throw new InputError(
          'Nothing to delete: give objects, sources, an applySet, or several of them',
        );
      }
      const onProgress = (line: string) => logger.info(line);
      const files = await readManifestSources({
        sources,
        workspacePath: ctx.workspacePath,
        reader,
        onProgress,
        signal,
      });
      const namespaces = [...new Set([namespace, ...input.otherNamespaces])];
      const request = { ctx, cluster, namespaces };
      const reading = await access.open({
        ...request,
        kinds: [],
        clusterScopedKinds: [],
      });
      const { objects, set, ...granted } = await resolveForDelete({
        client: reading,
        manifests: readManifests(files),
        objects: input.objects.map(({ uid, ...ref }) => ({ ref, uid })),
        namespace,
        otherNamespaces: input.otherNamespaces,
        // Whoever delivers there neither marks the objects nor removes the marks.
        applySet:
          input.applySet === undefined || delivery.type !== 'apply'
            ? undefined
            : {
                ...input.applySet,
                namespace: input.applySet.namespace ?? namespace,
              },
        signal,
      });
      if (set !== undefined && set.parent === undefined) {
        logger.info(
          `There is no ApplySet '${input.applySet?.name}': nothing was applied as its member, or it is deleted already`,
        );
      }
      assertNamespacesAllowed(
        objects.map(({ ref }) => ref),
        namespaces,
      );
      const client = await access.open({ ...request, ...granted });
      const changeSet = await reportingFailures(
        () =>
          deleteObjects({
            client,
            objects,
            set,
            granted,
            evenForeign: input.evenForeign,
            withContents: input.withContents,
            plan: input.plan,
            timeoutSeconds: input.timeoutSeconds,
            onProgress,
            signal,
          }),
        { cluster, logger, output },
      );
      logger.info(
        input.plan
          ? `Plan for cluster '${cluster}': ${countChanges(
              changeSet,
            )}; nothing was changed`
          : `Cluster '${cluster}': ${countChanges(changeSet)}`,
      );
      output(reportOf(changeSet));

      function output(report: ChangeSetReport) {
        ctx.output('changeSet', report.changeSet);
        ctx.output(
          'objects',
          report.changeSet.map(({ ref }) => ref),
        );
        ctx.output('counts', report.counts);
        ctx.output('summary', report.summary);
      }
    },
  });
}
