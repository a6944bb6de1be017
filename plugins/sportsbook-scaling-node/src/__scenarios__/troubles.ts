import assert from 'node:assert/strict';
import {
  ApplyFailedError,
  ClusterUnreachableError,
  PlanRefusedError,
} from '../errors';
import { interceptedClient } from './InterceptedClient';
import { configMap, deployment, role, roleBinding } from './objects';
import { Scenario } from './Scenario';
import { actionsOf, failureOf, told } from './ScenarioContext';

const LOST = () => new ClusterUnreachableError('the connection was cut');

/** Other writers, lost connections and missing rights. */
export const troubles: Scenario[] = [
  {
    title: 'a second writer of other fields costs nothing, however busy he is',
    async run(context) {
      await context.apply([configMap('odds', { limit: '100' })]);
      const client = interceptedClient(context.client, {
        write: async (_, pass) => {
          const [result] = await Promise.all([
            pass(),
            ...Array.from({ length: 10 }, (_value, turn) =>
              context.writeAs(
                'risk-team',
                configMap('odds', { turn: String(turn) }),
              ),
            ),
          ]);
          return result;
        },
      });
      const changes = await context.apply(
        [configMap('odds', { limit: '200' })],
        { client },
      );
      assert.deepEqual(actionsOf(changes), ['configured']);
      const { data } = await context.stored(configMap('odds'));
      assert.equal(data !== undefined && 'turn' in Object(data), true);
      assert.deepEqual(
        actionsOf(await context.apply([configMap('odds', { limit: '200' })])),
        ['unchanged'],
      );
    },
  },
  {
    title:
      'somebody who takes a field between the plan and the write keeps it, and the report names him',
    async run(context) {
      await context.apply([configMap('odds', { limit: '100' })]);
      const client = interceptedClient(context.client, {
        write: async (_, pass) => {
          await context.writeAs('risk-team', configMap('odds', { limit: '1' }));
          return await pass();
        },
      });
      const error = await failureOf(
        ApplyFailedError,
        context.apply([configMap('odds', { limit: '200' })], { client }),
      );
      assert.match(error.message, /risk-team/);
      assert.deepEqual(told(error.changeSet), ['ConfigMap odds: failed']);
      const { data } = await context.stored(configMap('odds'));
      assert.deepEqual(data, { limit: '1' });
    },
  },
  {
    title:
      'an object that somebody makes between the plan and the write is merged with, not replaced',
    async run(context) {
      const client = interceptedClient(context.client, {
        write: async (_, pass) => {
          await context.writeAs('risk-team', configMap('odds', { turn: '1' }));
          return await pass();
        },
      });
      await context.apply([configMap('odds', { limit: '200' })], { client });
      const { data } = await context.stored(configMap('odds'));
      assert.deepEqual(data, { limit: '200', turn: '1' });
    },
  },
  {
    title:
      'a write whose answer was lost is told as what it was, and what comes after it as not reached',
    async run(context) {
      const client = interceptedClient(context.client, {
        write: async (object, pass) => {
          const result = await pass();
          if (object.metadata.name === 'cut') {
            throw LOST();
          }
          return result;
        },
      });
      const error = await failureOf(
        ApplyFailedError,
        context.apply([configMap('cut'), role('done'), deployment('later')], {
          client,
        }),
      );
      assert.deepEqual(told(error.changeSet).sort(), [
        'ConfigMap cut: created',
        'Deployment later: skipped',
        'Role done: created',
      ]);
      assert.deepEqual(
        told(
          await context.apply([
            configMap('cut'),
            role('done'),
            deployment('later'),
          ]),
        ).sort(),
        [
          'ConfigMap cut: unchanged',
          'Deployment later: created',
          'Role done: unchanged',
        ],
      );
    },
  },
  {
    title: 'a write that never reached the server is not told as done',
    async run(context) {
      const client = interceptedClient(context.client, {
        write: async () => {
          throw LOST();
        },
      });
      const error = await failureOf(
        ApplyFailedError,
        context.apply([configMap('cut')], { client }),
      );
      assert.deepEqual(told(error.changeSet), ['ConfigMap cut: failed']);
      assert.equal(await context.find(configMap('cut')), undefined);
    },
  },
  {
    title: 'a run that is cancelled says what it had done and what it had not',
    async run(context) {
      const controller = new AbortController();
      const client = interceptedClient(context.client, {
        write: async (_, pass) => {
          const result = await pass();
          controller.abort(new Error('the task was stopped'));
          return result;
        },
      });
      const error = await failureOf(
        ApplyFailedError,
        context.apply([role('first'), deployment('second')], {
          client,
          signal: controller.signal,
        }),
      );
      assert.match(error.message, /was cancelled/);
      assert.deepEqual(told(error.changeSet), [
        'Role first: created',
        'Deployment second: skipped',
      ]);
    },
  },
  {
    title:
      'a server that does not answer one dry run stops the run before anything is written',
    async run(context) {
      const client = interceptedClient(context.client, {
        dryRun: async (object, pass) => {
          if (object.kind === 'Deployment') {
            throw LOST();
          }
          return await pass();
        },
      });
      await failureOf(
        ClusterUnreachableError,
        context.apply([role('first'), deployment('second')], { client }),
      );
      assert.equal(await context.find(role('first')), undefined);
    },
  },
  {
    title:
      'an account without rights is told all that are missing at once, and nothing is written',
    async run(context) {
      const client = await context.clientAs(context.uniqueName('nobody'));
      const error = await failureOf(
        PlanRefusedError,
        context.apply([role('odds'), configMap('odds'), deployment('odds')], {
          client,
        }),
      );
      for (const resource of ['roles', 'configmaps', 'deployments']) {
        assert.match(error.message, new RegExp(resource));
      }
      assert.equal(await context.find(configMap('odds')), undefined);
    },
  },
  {
    title:
      'an account that may do one thing does it, and is refused a role with more rights than its own',
    async run(context) {
      const user = context.uniqueName('tipster');
      await context.apply([
        {
          ...role('tipster'),
          rules: [
            {
              apiGroups: ['', 'rbac.authorization.k8s.io'],
              resources: ['configmaps', 'roles'],
              verbs: ['get', 'list', 'watch', 'create', 'patch'],
            },
          ],
        },
        {
          ...roleBinding('tipster', 'tipster'),
          subjects: [
            {
              kind: 'User',
              name: user,
              apiGroup: 'rbac.authorization.k8s.io',
            },
          ],
        },
      ]);
      const client = await context.clientAs(user);
      const changes = await context.apply([configMap('tip')], { client });
      assert.deepEqual(told(changes), ['ConfigMap tip: created']);
      const greedy = {
        ...role('greedy'),
        rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'] }],
      };
      const error = await failureOf(
        PlanRefusedError,
        context.apply([greedy], { client }),
      );
      assert.match(error.message, /escalate|not currently held/);
      assert.equal(await context.find(greedy), undefined);
    },
  },
];
