import assert from 'node:assert/strict';
import { deleteObjects } from '../apply';
import { ApplyFailedError, DeleteFailedError } from '../errors';
import { interceptedClient } from './InterceptedClient';
import { configMap, deployment, role, withMetadata } from './objects';
import { Scenario } from './Scenario';
import { failureOf, ScenarioContext, told } from './ScenarioContext';
import { untilDeletionIsAsked } from './untilDeletionIsAsked';

const setOf = ({ namespace }: ScenarioContext) => ({
  name: 'odds-set',
  namespace,
  entityRef: 'component:default/odds',
});

/** What goes, and what stays. */
export const removal: Scenario[] = [
  {
    title: 'objects are deleted in the reverse order of applying',
    async run(context) {
      const changes = await context.apply([
        role('odds'),
        configMap('odds'),
        deployment('odds'),
      ]);
      const deleted = await deleteObjects({
        client: context.client,
        objects: changes,
      });
      assert.deepEqual(told(deleted), [
        'Deployment odds: deleted',
        'ConfigMap odds: deleted',
        'Role odds: deleted',
      ]);
      assert.equal(await context.find(deployment('odds')), undefined);
    },
  },
  {
    title: 'an object that took the name of a deleted one is left alone',
    async run(context) {
      const [{ ref, uid }] = await context.apply([configMap('odds')]);
      await context.client.delete(ref);
      await context.apply([configMap('odds', { limit: 'of a successor' })]);
      const [entry] = await deleteObjects({
        client: context.client,
        objects: [{ ref, uid }],
      });
      assert.equal(entry.action, 'skipped');
      assert.match(entry.reason ?? '', /another object has this name/);
      await context.stored(configMap('odds'));
    },
  },
  {
    title:
      'an object that somebody else made is left alone, unless told otherwise',
    async run(context) {
      await context.writeAs('risk-team', configMap('theirs'));
      const objects = [{ ref: context.refOf(configMap('theirs')) }];
      const { client } = context;
      const kept = await deleteObjects({ client, objects });
      assert.deepEqual(told(kept), ['ConfigMap theirs: skipped']);
      const gone = await deleteObjects({ client, objects, evenForeign: true });
      assert.deepEqual(told(gone), ['ConfigMap theirs: deleted']);
    },
  },
  {
    title: 'a deletion waits for finalizers, and ends once they are done',
    async run(context) {
      const held = withMetadata(configMap('held'), {
        finalizers: ['sportsbook.example.com/audit'],
      });
      const objects = await context.apply([held]);
      const deleted = deleteObjects({ client: context.client, objects });
      await untilDeletionIsAsked(context, held);
      await context.client.patchJson(context.refOf(held), [
        { op: 'remove', path: '/metadata/finalizers' },
      ]);
      assert.deepEqual(told(await deleted), ['ConfigMap held: deleted']);
      assert.equal(await context.find(held), undefined);
    },
  },
  {
    title: 'a deletion that finalizers hold names them when its time is up',
    async run(context) {
      const held = withMetadata(configMap('held'), {
        finalizers: ['sportsbook.example.com/audit'],
      });
      const objects = await context.apply([held]);
      const error = await failureOf(
        DeleteFailedError,
        deleteObjects({ client: context.client, objects, timeoutSeconds: 1 }),
      );
      assert.match(error.message, /sportsbook\.example\.com\/audit/);
      await context.client.patchJson(context.refOf(held), [
        { op: 'remove', path: '/metadata/finalizers' },
      ]);
    },
  },
  {
    title:
      'what the set had and the manifests lack is pruned, and nothing that others made',
    async run(context) {
      const applySet = setOf(context);
      await context.apply([configMap('kept'), configMap('dropped')], {
        applySet,
      });
      await context.writeAs('risk-team', configMap('theirs'));
      const choices = { applySet, prune: true };
      const plan = await context.plan([configMap('kept')], choices);
      assert.deepEqual(told(plan.changes), [
        'ConfigMap kept: unchanged',
        'ConfigMap dropped: deleted',
      ]);
      await context.stored(configMap('dropped'));
      await context.apply([configMap('kept')], choices);
      assert.equal(await context.find(configMap('dropped')), undefined);
      await context.stored(configMap('kept'));
      await context.stored(configMap('theirs'));
    },
  },
  {
    title:
      'what the manifests lack stays and is told where nobody asked to prune',
    async run(context) {
      const applySet = setOf(context);
      await context.apply([configMap('kept'), configMap('left')], { applySet });
      const changes = await context.apply([configMap('kept')], { applySet });
      assert.ok(
        told(changes).includes('ConfigMap left: skipped'),
        told(changes).join(', '),
      );
      await context.stored(configMap('left'));
    },
  },
  {
    title: 'nothing is pruned where not everything was applied',
    async run(context) {
      const applySet = setOf(context);
      await context.apply([configMap('kept'), configMap('dropped')], {
        applySet,
      });
      const client = interceptedClient(context.client, {
        write: async (object, pass) => {
          if (object.metadata.name === 'refused') {
            throw new Error('refused at the last moment');
          }
          return await pass();
        },
      });
      await failureOf(
        ApplyFailedError,
        context.apply([configMap('kept'), configMap('refused')], {
          client,
          applySet,
          prune: true,
        }),
      );
      await context.stored(configMap('dropped'));
    },
  },
  {
    title:
      'a run that fails and rolls back deletes what it made, and says how to bring back what it changed',
    async run(context) {
      await context.apply([configMap('changed', { limit: '100' })]);
      const client = interceptedClient(context.client, {
        write: async (object, pass) => {
          if (object.kind === 'Deployment') {
            throw new Error('refused at the last moment');
          }
          return await pass();
        },
      });
      const error = await failureOf(
        ApplyFailedError,
        context.apply(
          [
            configMap('changed', { limit: '200' }),
            configMap('made'),
            deployment('odds'),
          ],
          { client, onFailure: 'rollback' },
        ),
      );
      assert.equal(await context.find(configMap('made')), undefined);
      const { data } = await context.stored(configMap('changed'));
      assert.deepEqual(data, { limit: '200' });
      assert.equal(error.waysBack.length, 1);
      assert.match(error.waysBack[0], /changed/);
    },
  },
];
