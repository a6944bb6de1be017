import assert from 'node:assert/strict';
import { z } from 'zod';
import { eventually } from '../eventually';
import { readyPods } from './objects';
import type { Run } from './Run';

export const REMOVAL_TEMPLATE = 'template:default/remove-autoscaled-service';

const NAME = 'settlement-api';
const KINDS = [
  { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject' },
  { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' },
  { apiVersion: 'monitoring.coreos.com/v1', kind: 'Prometheus' },
  { apiVersion: 'monitoring.coreos.com/v1', kind: 'ServiceMonitor' },
  { apiVersion: 'apps/v1', kind: 'Deployment' },
  { apiVersion: 'apps/v1', kind: 'StatefulSet' },
  { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' },
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role' },
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding' },
  { apiVersion: 'v1', kind: 'Service' },
  { apiVersion: 'v1', kind: 'ServiceAccount' },
  { apiVersion: 'v1', kind: 'Pod' },
];
const repository = z.object({ archived: z.boolean() });

/** A service goes with everything that came with it, and its neighbour stays. */
export async function offBoarding(run: Run): Promise<void> {
  const { backstage, cluster, journal, options } = run;
  const { namespace } = options;
  const answers = {
    entityRef: `component:default/${NAME}`,
    cluster: true,
    image: true,
    catalog: true,
    repository: true,
    preview: false,
  };

  await journal.step(
    'removing a service under another name changes nothing',
    async () => {
      const task = await backstage.finishTask(
        await backstage.startTask(REMOVAL_TEMPLATE, {
          ...answers,
          confirmedName: 'odds-api',
        }),
        { withinSeconds: 60 },
      );
      assert.equal(task.status, 'failed');
      assert.match(task.log, /You typed 'odds-api'/);
      assert.ok((await readyPods(cluster, namespace, NAME)).length >= 2);
    },
  );

  await journal.step(
    'removing a service leaves nothing of it on the cluster and in the catalog, an archived repository, and its neighbour',
    async () => {
      const source = await sourceUrl(run);
      const task = await backstage.runTask(
        REMOVAL_TEMPLATE,
        { ...answers, confirmedName: NAME },
        { withinSeconds: 240 },
      );
      journal.fact(
        'deleted',
        /Cluster '[^']+': (\d+) deleted/.exec(task.log)?.[1] ?? 'none',
      );
      await eventually(
        async () => assert.deepEqual(await objectsOf(run, NAME), []),
        { withinSeconds: 60 },
      );
      assert.ok((await readyPods(cluster, namespace, 'odds-api')).length >= 2);
      await eventually(
        async () =>
          assert.equal(
            await backstage.hasEntity(`component/default/${NAME}`),
            false,
          ),
        { withinSeconds: 30 },
      );
      const answer = await fetch(
        `${source.origin}/api/v1/repos${source.pathname
          .split('/')
          .slice(0, 3)
          .join('/')}`,
      );
      assert.equal(repository.parse(await answer.json()).archived, true);
    },
  );
}

async function sourceUrl({ backstage }: Run): Promise<URL> {
  const annotations = await backstage.annotations(`component/default/${NAME}`);
  const location = annotations['backstage.io/source-location'] ?? '';
  return new URL(location.replace(/^url:/, ''));
}

/** What is still there with the name of a service, as `Kind name`. */
async function objectsOf({ cluster, options }: Run, service: string) {
  const served = await cluster.discover();
  const lists = await Promise.all(
    // The embedded cluster has no StatefulSets.
    KINDS.filter(({ apiVersion, kind }) => served.find(apiVersion, kind)).map(
      async kind =>
        (
          await cluster.list(kind, { namespace: options.namespace })
        ).items.map(({ metadata }) => `${kind.kind} ${metadata.name}`),
    ),
  );
  return lists
    .flat()
    .filter(name => name.includes(service))
    .sort();
}
