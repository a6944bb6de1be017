import assert from 'node:assert/strict';
import { TEMPLATE_REF } from '@sportsbook/plugin-sportsbook-scaling-common';
import { makeNamespace, removeNamespaces } from './namespaces';
import type { PlatformPart, PlatformRun } from './PlatformPart';

const GUEST = 'user:default/guest';
const CLUSTER = 'tenants';
const SMALL = 't-small';
const MADE = 't-made-odds';

const values = (over: Record<string, unknown>) => ({
  owner: 'group:default/traders',
  cluster: CLUSTER,
  monitoring: 'own',
  requestsPerSecondPerReplica: 100,
  minReplicas: 2,
  maxReplicas: 10,
  serviceType: 'ClusterIP',
  preview: true,
  ...over,
});

const namespaceRef = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  name,
});

async function plan({ backstage }: PlatformRun, over: Record<string, unknown>) {
  return backstage.finishTask(
    await backstage.startTask(TEMPLATE_REF, values(over)),
    { withinSeconds: 60 },
  );
}

/** Quotas that are too small, and namespaces that are made by a policy. */
export const tenancy: PlatformPart = {
  name: 'tenancy',

  async prepare({ cluster, addContext }) {
    await makeNamespace(cluster, SMALL);
    await cluster.apply({
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'team', namespace: SMALL },
      spec: { hard: { 'requests.cpu': '710m', 'limits.memory': '8Gi' } },
    });
    addContext({ name: CLUSTER });
    return {
      clusters: [
        {
          name: CLUSTER,
          namespaces: {
            create: true,
            pattern: 't-made-[a-z]+',
            labels: { 'example.org/team': 'odds' },
            podSecurity: 'restricted',
            resourceQuota: { hard: { pods: '8', 'requests.cpu': '2' } },
            limitRange: { limits: [{ type: 'Container', max: { cpu: '2' } }] },
          },
        },
      ],
      rules: [
        {
          users: [GUEST],
          templates: [TEMPLATE_REF],
          clusters: [CLUSTER],
          namespaces: [SMALL, 't-made-*', 't-other'],
        },
      ],
    };
  },

  async prove(run) {
    const { backstage, cluster, journal } = run;
    await journal.step(
      'the form offers the namespaces that are there and allowed, and says how new ones are named',
      async () => {
        assert.deepEqual(await backstage.namespaceChoices(CLUSTER), {
          existing: { status: 'listed', names: [SMALL] },
          allowed: [SMALL, 't-made-*', 't-other'],
          newNamePattern: 't-made-[a-z]+',
        });
      },
    );
    await journal.step(
      'a quota without room for the maximum is found before anything is changed, and says what fits',
      async () => {
        const task = await plan(run, { name: 'big-api', namespace: SMALL });
        assert.equal(task.status, 'failed');
        // Its own Prometheus takes 110 of the 710 thousandths.
        assert.match(
          task.log,
          /ResourceQuota 'team' leaves room for 6 of its 10 replicas \(requests\.cpu: 10 need 1, 0\.6 of 0\.71 is left\)/,
        );
        const fits = await plan(run, {
          name: 'big-api',
          namespace: SMALL,
          maxReplicas: 5,
        });
        assert.equal(fits.status, 'completed', fits.log);
      },
    );
    await journal.step(
      'a name that is not by the pattern makes no namespace',
      async () => {
        const task = await plan(run, { name: 'x-api', namespace: 't-other' });
        assert.equal(task.status, 'failed');
        assert.match(
          task.log,
          /a new namespace must be named by the pattern t-made-\[a-z\]\+, and 't-other' is not/,
        );
        assert.equal(await cluster.get(namespaceRef('t-other')), undefined);
      },
    );
    await journal.step(
      'the plan shows the namespace that would be made, and its quota already counts',
      async () => {
        const namespace = { namespace: MADE };
        const small = await plan(run, { name: 'made-api', ...namespace });
        assert.match(
          small.log,
          /ResourceQuota 'namespace-policy' leaves room for 7 of its 10 replicas/,
        );
        const task = await plan(run, {
          name: 'made-api',
          ...namespace,
          maxReplicas: 6,
        });
        assert.equal(task.status, 'completed', task.log);
        assert.match(JSON.stringify(task.output), /Namespace/);
        assert.equal(await cluster.get(namespaceRef(MADE)), undefined);
      },
    );
    await journal.step(
      'creating makes it with labels, pod security, quota and limits, and the service in it',
      async () => {
        await backstage.runTask(
          TEMPLATE_REF,
          values({
            name: 'made-api',
            namespace: MADE,
            maxReplicas: 6,
            preview: false,
          }),
          { withinSeconds: 180 },
        );
        const made = await cluster.get(namespaceRef(MADE));
        assert.equal(made?.metadata.labels?.['example.org/team'], 'odds');
        assert.equal(
          made?.metadata.labels?.['pod-security.kubernetes.io/enforce'],
          'restricted',
        );
        for (const kind of ['ResourceQuota', 'LimitRange']) {
          const { items } = await cluster.list(
            { apiVersion: 'v1', kind },
            { namespace: MADE },
          );
          assert.deepEqual(
            items.map(({ metadata }) => metadata.name),
            ['namespace-policy'],
          );
        }
      },
    );
  },

  async cleanUp({ cluster }) {
    await removeNamespaces(cluster, [SMALL, MADE]);
  },
};
