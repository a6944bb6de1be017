import assert from 'node:assert/strict';
import { groupKindOf } from '@sportsbook/plugin-sportsbook-scaling-common';
import {
  findInstalled,
  operatorManifests,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { clusterDump, dumpDifferences } from './clusterDump';
import type { PlatformGround, PlatformPart, PlatformRun } from './PlatformPart';
import {
  failPlatformTemplate,
  OPERATOR_NAMESPACE,
  platformTemplate,
  runPlatformTemplate,
} from './platformTemplate';
import {
  applyReleaseOperators,
  removeReleaseOperators,
} from './releaseOperators';

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
      const { decisions, changeSet } = await runPlatformTemplate(run, {
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
      const { isReady, changeSet, log } = await runPlatformTemplate(run, {});
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
        { namespace: OPERATOR_NAMESPACE, scope: 'cluster' },
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
              `"namespace":"${OPERATOR_NAMESPACE}"`,
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
      const { changeSet } = await runPlatformTemplate(run, {});
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
        await failPlatformTemplate(run, {
          action: 'remove',
          confirmCluster: 'other',
        }),
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
          await failPlatformTemplate(run, {
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
      await runPlatformTemplate(run, {
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
  async prepare({ options }) {
    return platformTemplate(options);
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
