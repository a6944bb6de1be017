import assert from 'node:assert/strict';
import {
  groupKindOf,
  PLATFORM_TEMPLATE_REF,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import {
  findInstalled,
  operatorManifests,
  PLATFORM_CLUSTER_KINDS,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { z } from 'zod';
import { PLATFORM_MANIFESTS } from '../options';
import { clusterDump, dumpDifferences } from './clusterDump';
import type {
  PlatformAdditions,
  PlatformGround,
  PlatformPart,
  PlatformRun,
} from './PlatformPart';
import {
  applyReleaseOperators,
  removeReleaseOperators,
} from './releaseOperators';

const GUEST = 'user:default/guest';
const NAMESPACE = 'prometheus-operator';
const [OPERATOR, KEDA] = PLATFORM_MANIFESTS;
const SCALED_OBJECT = {
  apiVersion: 'keda.sh/v1alpha1',
  kind: 'ScaledObject',
  metadata: { name: 'keeps-keda', namespace: 'default' },
  spec: {
    scaleTargetRef: { name: 'nothing' },
    triggers: [
      {
        type: 'cron',
        metadata: {
          timezone: 'UTC',
          start: '0 0 * * *',
          end: '1 0 * * *',
          desiredReplicas: '1',
        },
      },
    ],
  },
};

const outputSchema = z.object({
  isReady: z.boolean().optional(),
  decisions: z
    .array(z.object({ component: z.string(), verdict: z.string() }))
    .optional(),
  changeSet: z.array(z.object({ action: z.string() })),
});

/** The rights of the page how-to/prepare-a-cluster, and no more. */
function rulesFor(cluster: string): object[] {
  const rule = {
    users: [GUEST],
    templates: [PLATFORM_TEMPLATE_REF],
    clusters: [cluster],
  };
  return [
    // Operators may run anywhere: it looks into all namespaces, and writes none.
    {
      ...rule,
      namespaces: ['*'],
      kinds: ['monitoring.coreos.com/Prometheus'],
    },
    {
      ...rule,
      namespaces: [NAMESPACE, 'keda', 'kube-system'],
      kinds: [
        '/Service',
        '/ServiceAccount',
        'apps/Deployment',
        'rbac.authorization.k8s.io/Role',
        'rbac.authorization.k8s.io/RoleBinding',
      ],
      clusterScopedKinds: PLATFORM_CLUSTER_KINDS.map(groupKindOf),
    },
  ];
}

async function runTemplate(
  { backstage, options }: PlatformRun,
  values: object,
): Promise<z.infer<typeof outputSchema> & { log: string }> {
  const { output, log } = await backstage.runTask(
    PLATFORM_TEMPLATE_REF,
    { cluster: options.cluster, ...values },
    { withinSeconds: 240 },
  );
  return { ...outputSchema.parse(output), log };
}

/** The log of a run that has to fail. */
async function failTemplate(
  { backstage, options }: PlatformRun,
  values: object,
): Promise<string> {
  const { status, log } = await backstage.finishTask(
    await backstage.startTask(PLATFORM_TEMPLATE_REF, {
      cluster: options.cluster,
      ...values,
    }),
    { withinSeconds: 60 },
  );
  assert.equal(status, 'failed', log);
  return log;
}

async function installedVersions({
  cluster,
}: PlatformGround): Promise<Record<string, unknown>> {
  const installed = await findInstalled({ client: cluster, reach: 'cluster' });
  return Object.fromEntries(
    installed.map(({ object }) => [
      `${groupKindOf(object)} ${object.metadata.name}`,
      object.metadata.resourceVersion,
    ]),
  );
}

async function prove(run: PlatformRun): Promise<void> {
  const { cluster, journal, options } = run;
  let before: Record<string, string> = {};
  await journal.step(
    'the cluster is made bare: operators, definitions and all that used them are gone',
    async () => {
      await removeReleaseOperators(cluster, options);
      before = await clusterDump(cluster);
      journal.note(`${Object.keys(before).length} objects remain`);
    },
    { essential: true },
  );
  await journal.step(
    'a preview of scaling-platform finds both missing, and changes nothing',
    async () => {
      const { decisions, changeSet } = await runTemplate(run, {
        preview: true,
      });
      assert.deepEqual(
        decisions?.map(({ verdict }) => verdict),
        ['install', 'install'],
      );
      assert.ok(
        changeSet.every(({ action }) =>
          ['created', 'unverifiable'].includes(action),
        ),
      );
      assert.deepEqual(dumpDifferences(before, await clusterDump(cluster)), []);
    },
  );
  await journal.step(
    'scaling-platform installs operator and KEDA from the pinned manifests, and they work',
    async () => {
      const { isReady, changeSet, log } = await runTemplate(run, {});
      assert.equal(isReady, true, log);
      assert.match(log, /The Prometheus operator reconciles/);
      journal.note(`${changeSet.length} objects`);
    },
    { essential: true },
  );
  await journal.step(
    'the operator holds the least rights: its role is ours, and nothing else binds its account',
    async () => {
      const [role] = operatorManifests(
        { namespace: NAMESPACE, scope: 'cluster' },
        { version: '0.93.0' },
      ).filter(({ kind }) => kind === 'ClusterRole');
      const live = await cluster.get({
        apiVersion: role.apiVersion,
        kind: role.kind,
        name: role.metadata.name,
      });
      assert.deepEqual(live?.rules, role.rules);
      const { items } = await cluster.list({
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRoleBinding',
      });
      assert.deepEqual(
        items
          .filter(binding =>
            JSON.stringify(binding.subjects ?? []).includes(
              `"namespace":"${NAMESPACE}"`,
            ),
          )
          .map(({ metadata }) => metadata.name),
        [role.metadata.name],
      );
    },
  );
  await journal.step(
    'a second run changes nothing, and no resourceVersion moves',
    async () => {
      const versions = await installedVersions(run);
      const { changeSet } = await runTemplate(run, {});
      assert.deepEqual(
        changeSet.filter(({ action }) => action !== 'unchanged'),
        [],
      );
      assert.deepEqual(await installedVersions(run), versions);
    },
  );
  await journal.step(
    'removal is refused while the name of the cluster is another one',
    async () => {
      assert.match(
        await failTemplate(run, { action: 'remove', confirmCluster: 'other' }),
        /the name that was typed is 'other'/,
      );
    },
  );
  await journal.step(
    'removal is refused while a ScaledObject of somebody needs KEDA, and names it',
    async () => {
      await cluster.apply(SCALED_OBJECT, { fieldManager: 'somebody' });
      try {
        assert.match(
          await failTemplate(run, {
            action: 'remove',
            confirmCluster: options.cluster,
          }),
          /ScaledObject default\/keeps-keda/,
        );
      } finally {
        await cluster.delete({ ...SCALED_OBJECT, ...SCALED_OBJECT.metadata });
      }
    },
  );
  await journal.step(
    'removal leaves what was there before: a dump of the whole cluster is equal',
    async () => {
      await runTemplate(run, {
        action: 'remove',
        confirmCluster: options.cluster,
      });
      assert.deepEqual(dumpDifferences(before, await clusterDump(cluster)), []);
    },
  );
}

/** Bare cluster, least-rights installation from a mirror, twice, refused and clean removal. */
export const scalingPlatform: PlatformPart = {
  name: 'scaling-platform',
  async prepare({ options }): Promise<PlatformAdditions> {
    const { releasesUrl } = options;
    return {
      templates: ['templates/scaling-platform/template.yaml'],
      rules: rulesFor(options.cluster),
      ...(releasesUrl === undefined
        ? {}
        : {
            config: {
              sportsbookScaling: {
                platform: {
                  releases: {
                    prometheusOperator: {
                      url: `${releasesUrl}/${OPERATOR.file}`,
                    },
                    keda: { url: `${releasesUrl}/${KEDA.file}` },
                  },
                },
              },
            },
          }),
    };
  },
  prove,
  // The other parts' own cleaning up, and the next run, need the operators.
  async cleanUp({ cluster, options }) {
    await cluster
      .delete({ ...SCALED_OBJECT, ...SCALED_OBJECT.metadata })
      .catch(() => undefined);
    await applyReleaseOperators(cluster, options);
  },
};
