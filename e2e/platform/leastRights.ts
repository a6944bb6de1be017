import assert from 'node:assert/strict';
import {
  KUBERNETES_TOKEN_SECRET,
  TEMPLATE_REF,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod';
import { eventually } from '../eventually';
import { makeNamespace, removeNamespaces } from './namespaces';
import type { PlatformPart, PlatformRun } from './PlatformPart';
import {
  bindRole,
  CLUSTER_ROLE,
  NAMESPACED_ROLES,
  removeRoles,
} from './rbacFiles';
import { makeServiceAccount } from './serviceAccount';

const SERVICES = 't-least';
const ACCOUNTS = 't-least-accounts';
const DELETE_REF = 'template:default/e2e-delete-objects';
const GUEST = 'user:default/guest';
const LEAST = { name: 't-least', namespace: ACCOUNTS };
const READER = { name: 't-reader', namespace: ACCOUNTS };

/** Of the account with the least rights, as a user would bring it. */
let userToken = '';

const outputSchema = z.object({
  changeSet: z.array(
    z.object({
      action: z.string(),
      ref: z.object({
        apiVersion: z.string(),
        kind: z.string(),
        namespace: z.string().optional(),
        name: z.string(),
      }),
    }),
  ),
});

const values = (name: string, over: Record<string, unknown> = {}) => ({
  name,
  owner: 'group:default/traders',
  cluster: 'least',
  namespace: SERVICES,
  monitoring: 'own',
  requestsPerSecondPerReplica: 100,
  minReplicas: 2,
  maxReplicas: 3,
  serviceType: 'ClusterIP',
  preview: false,
  ...over,
});

/** What is in the namespace of the services by our actions. */
async function ownObjects({ cluster }: PlatformRun): Promise<string[]> {
  const { items } = await cluster.list(
    { apiVersion: 'apps/v1', kind: 'Deployment' },
    { namespace: SERVICES },
  );
  return items.map(({ metadata }) => metadata.name);
}

async function underLeastRoles(run: PlatformRun): Promise<void> {
  const { backstage, journal } = run;
  const name = 'least-api';
  let made: z.infer<typeof outputSchema>['changeSet'] = [];
  await journal.step(
    'with the roles of deploy/rbac and no other a service is created, runs and is verified',
    async () => {
      const task = await backstage.runTask(TEMPLATE_REF, values(name), {
        withinSeconds: 180,
      });
      made = outputSchema.parse(task.output).changeSet;
      assert.ok(made.every(({ action }) => action === 'created'));
    },
  );
  await journal.step('its card is answered by the same account', () =>
    eventually(
      async () => {
        const snapshot = await backstage.snapshot(name);
        assert.equal(snapshot.autoscaler.status, 'ok');
        assert.equal(snapshot.requestsPerSecond.status, 'ok');
      },
      { withinSeconds: 60 },
    ),
  );
  await journal.step(
    'kubernetes:delete removes it, with the role for that',
    async () => {
      const task = await backstage.runTask(
        DELETE_REF,
        {
          cluster: 'least',
          namespace: SERVICES,
          objects: made.map(({ ref }) => ref),
        },
        { withinSeconds: 120 },
      );
      const { changeSet } = outputSchema.parse(task.output);
      assert.deepEqual(
        changeSet.map(({ action }) => action),
        made.map(() => 'deleted'),
      );
      assert.deepEqual(await ownObjects(run), []);
    },
  );
}

async function refusals(run: PlatformRun): Promise<void> {
  const { backstage, journal } = run;
  await journal.step(
    'an account that may only read is refused before anything is changed, and each missing right is named',
    async () => {
      const task = await backstage.finishTask(
        await backstage.startTask(
          TEMPLATE_REF,
          values('few-api', { cluster: 'reader' }),
        ),
        { withinSeconds: 60 },
      );
      assert.equal(task.status, 'failed');
      assert.match(task.log, /Nothing was changed on cluster 'reader'/);
      assert.match(
        task.log,
        /may not patch, create, list, watch deployments\.apps in namespace 't-least'; grant it with a Role/,
      );
      assert.deepEqual(await ownObjects(run), []);
    },
  );
}

async function userTokens(run: PlatformRun): Promise<void> {
  const { backstage, journal } = run;
  const preview = values('token-api', { cluster: 'personal', preview: true });
  const plan = async (secrets: Record<string, string>) =>
    backstage.finishTask(
      await backstage.startTask(TEMPLATE_REF, preview, secrets),
      { withinSeconds: 60 },
    );
  await journal.step(
    "a cluster that is reached with people's own tokens takes the user's rights, and shows his token nowhere",
    async () => {
      const task = await plan({ [KUBERNETES_TOKEN_SECRET]: userToken });
      assert.equal(task.status, 'completed', task.log);
      assert.ok(!task.log.includes(userToken));
      const told = await backstage.taskText(task.id);
      assert.ok(!told.includes(userToken));
    },
  );
  await journal.step(
    'without a token the task says how to come to one, and asks no cluster',
    async () => {
      const task = await plan({});
      assert.equal(task.status, 'failed');
      assert.match(task.log, /the task has no secret KUBERNETES_TOKEN/);
    },
  );
  await journal.step(
    'a token that the cluster does not take is told from a right that is missing',
    async () => {
      const task = await plan({ [KUBERNETES_TOKEN_SECRET]: 'not-a-token' });
      assert.equal(task.status, 'failed');
      assert.match(task.log, /UserTokenRejectedError.*sign in to the cluster/);
    },
  );
}

/** The whole life of a service under the roles of deploy/rbac, and others' rights. */
export const leastRights: PlatformPart = {
  name: 'leastRights',

  async prepare({ cluster, addContext }) {
    await makeNamespace(cluster, SERVICES);
    await makeNamespace(cluster, ACCOUNTS);
    userToken = await makeServiceAccount(cluster, LEAST);
    for (const file of NAMESPACED_ROLES) {
      await bindRole(cluster, { file, account: LEAST, namespace: SERVICES });
    }
    await bindRole(cluster, { file: CLUSTER_ROLE, account: LEAST });
    const readerToken = await makeServiceAccount(cluster, READER);
    await bindRole(cluster, {
      file: 'card',
      account: READER,
      namespace: SERVICES,
    });
    addContext({ name: 'least', token: userToken });
    addContext({ name: 'reader', token: readerToken });
    addContext({ name: 'personal', token: readerToken });
    return {
      clusters: [{ name: 'personal', access: 'userToken' }],
      templates: ['e2e/templates/delete-objects/template.yaml'],
      rules: [
        {
          users: [GUEST],
          templates: [TEMPLATE_REF, DELETE_REF],
          clusters: ['least', 'reader', 'personal'],
          namespaces: [SERVICES],
        },
      ],
    };
  },

  async prove(run) {
    await refusals(run);
    await userTokens(run);
    await underLeastRoles(run);
  },

  async cleanUp({ cluster }) {
    await removeNamespaces(cluster, [SERVICES, ACCOUNTS]);
    await removeRoles(cluster, LEAST, [...NAMESPACED_ROLES, CLUSTER_ROLE]);
    await removeRoles(cluster, READER, ['card']);
  },
};
