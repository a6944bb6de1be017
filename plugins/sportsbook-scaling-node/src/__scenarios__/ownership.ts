import assert from 'node:assert/strict';
import {
  FIELD_MANAGER,
  KubernetesObject,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod';
import { PlanRefusedError } from '../errors';
import {
  configMap,
  deployment,
  role,
  roleBinding,
  secret,
  withMetadata,
} from './objects';
import { Scenario } from './Scenario';
import { actionsOf, failureOf } from './ScenarioContext';
import { untilDeletionIsAsked } from './untilDeletionIsAsked';

const ownersSchema = z.array(z.object({ manager: z.string() }));

/** In alphabetical order. */
function managersOf({ managedFields }: KubernetesObject['metadata']): string[] {
  return ownersSchema
    .parse(managedFields)
    .map(({ manager }) => manager)
    .sort();
}

/** Whose a field is, and what cannot change. */
export const ownership: Scenario[] = [
  {
    title: 'a field that somebody else owns is named with its owner, and stays',
    async run(context) {
      await context.writeAs('risk-team', configMap('odds', { limit: '100' }));
      const wanted = [configMap('before'), configMap('odds', { limit: '200' })];
      const { problems } = await context.plan(wanted);
      assert.equal(problems.length, 1);
      assert.match(problems[0].message, /\.data\.limit.*risk-team/s);
      const error = await failureOf(PlanRefusedError, context.apply(wanted));
      assert.match(error.message, /risk-team/);
      const { data } = await context.stored(configMap('odds'));
      assert.deepEqual(data, { limit: '100' });
      assert.equal(await context.find(configMap('before')), undefined);
    },
  },
  {
    title: 'a field is taken over from its owner where that is asked for',
    async run(context) {
      await context.writeAs('risk-team', configMap('odds', { limit: '100' }));
      const wanted = [configMap('odds', { limit: '200' })];
      const changes = await context.apply(wanted, { force: true });
      assert.deepEqual(actionsOf(changes), ['configured']);
      assert.deepEqual((await context.stored(wanted[0])).data, {
        limit: '200',
      });
      assert.deepEqual(actionsOf(await context.apply(wanted)), ['unchanged']);
    },
  },
  {
    title:
      'the same value from two owners is no conflict, and both own the field',
    async run(context) {
      await context.writeAs('risk-team', configMap('odds', { limit: '100' }));
      const wanted = [configMap('odds', { limit: '100' })];
      const changes = await context.apply(wanted);
      assert.deepEqual(actionsOf(changes), ['configured']);
      const { metadata } = await context.stored(wanted[0]);
      assert.deepEqual(managersOf(metadata), [FIELD_MANAGER, 'risk-team']);
      assert.deepEqual(actionsOf(await context.apply(wanted)), ['unchanged']);
    },
  },
  {
    title: 'replicas that the manifest leaves out stay as they were scaled',
    async run(context) {
      const wanted = [deployment('odds', {})];
      await context.writeAs('an-autoscaler', deployment('odds'));
      await context.apply(wanted);
      const { spec } = await context.stored(wanted[0]);
      assert.deepEqual(
        typeof spec === 'object' && spec !== null && 'replicas' in spec
          ? spec.replicas
          : undefined,
        0,
      );
      assert.deepEqual(actionsOf(await context.apply(wanted)), ['unchanged']);
    },
  },
  {
    title: 'a selector that cannot change is named, and nothing is written',
    async run(context) {
      await context.apply([deployment('odds', { replicas: 0, app: 'odds' })]);
      const error = await failureOf(
        PlanRefusedError,
        context.apply([
          configMap('before'),
          deployment('odds', { replicas: 0, app: 'other' }),
        ]),
      );
      assert.match(error.message, /spec\.selector/);
      assert.match(error.message, /immutable/);
      assert.equal(await context.find(configMap('before')), undefined);
    },
  },
  {
    title: 'a role reference that cannot change is named',
    async run(context) {
      await context.apply([role('one'), role('two'), roleBinding('b', 'one')]);
      const error = await failureOf(
        PlanRefusedError,
        context.apply([role('one'), role('two'), roleBinding('b', 'two')]),
      );
      assert.match(error.message, /roleRef/);
    },
  },
  {
    title: 'a Secret that is immutable cannot be changed, and is not shown',
    async run(context) {
      const sealed = (token: string) => ({
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'feed' },
        immutable: true,
        stringData: { token },
      });
      await context.apply([sealed('of-yesterday')]);
      const error = await failureOf(
        PlanRefusedError,
        context.apply([sealed('of-today')]),
      );
      assert.match(error.message, /immutable/);
      assert.doesNotMatch(error.message, /of-today|of-yesterday/);
    },
  },
  {
    title: 'only the fields that are named are taken over',
    async run(context) {
      const theirs = { limit: '100', stake: '10' };
      await context.writeAs('risk-team', configMap('odds', theirs));
      const wanted = [configMap('odds', { limit: '200', stake: '20' })];
      const ref = context.refOf(wanted[0]);
      const error = await failureOf(
        PlanRefusedError,
        context.apply(wanted, {
          forceConflicts: [{ ref, fields: ['.data.limit'] }],
        }),
      );
      assert.match(error.message, /\.data\.stake/);
      assert.deepEqual((await context.stored(wanted[0])).data, theirs);
      await context.apply(wanted, {
        forceConflicts: [{ ref, fields: ['.data.limit', '.data.stake'] }],
      });
      assert.deepEqual((await context.stored(wanted[0])).data, {
        limit: '200',
        stake: '20',
      });
    },
  },
  {
    title:
      'what an earlier tool applied is migrated: its fields become ours, and those that the manifest lacks are removed',
    async run(context) {
      const earlier = 'an-earlier-tool';
      await context.writeAs(
        earlier,
        configMap('odds', { limit: '100', dropped: '1' }),
      );
      const wanted = [configMap('odds', { limit: '200' })];
      const changes = await context.apply(wanted, { migrateFrom: [earlier] });
      assert.deepEqual(actionsOf(changes), ['configured']);
      const { data, metadata } = await context.stored(wanted[0]);
      assert.deepEqual(data, { limit: '200' });
      assert.deepEqual(managersOf(metadata), [FIELD_MANAGER]);
      assert.deepEqual(
        actionsOf(await context.apply(wanted, { migrateFrom: [earlier] })),
        ['unchanged'],
      );
    },
  },
  {
    title:
      'an object with a field that cannot change is made anew where that is asked for, and only that one',
    async run(context) {
      const other = configMap('odds');
      const before = deployment('odds', { replicas: 0, app: 'odds' });
      await context.apply([other, before]);
      const uidOf = async (object: KubernetesObject) =>
        (await context.stored(object)).metadata.uid;
      const [otherUid, oldUid] = [await uidOf(other), await uidOf(before)];
      const after = deployment('odds', { replicas: 0, app: 'other' });
      const { problems } = await context.plan([other, after], {
        recreate: true,
      });
      assert.deepEqual(problems, []);
      assert.equal(await uidOf(before), oldUid);
      await context.apply([other, after], { recreate: true });
      assert.notEqual(await uidOf(after), oldUid);
      assert.equal(await uidOf(other), otherUid);
      assert.deepEqual(actionsOf(await context.apply([other, after])), [
        'unchanged',
      ]);
    },
  },
  {
    title: 'an object is made anew only after its finalizers are done',
    async run(context) {
      const sealed = (token: string): KubernetesObject => ({
        ...withMetadata(secret('feed', { token }), {
          finalizers: ['sportsbook.example.com/audit'],
        }),
        immutable: true,
      });
      await context.apply([sealed('of-yesterday')]);
      const { uid } = (await context.stored(sealed(''))).metadata;
      const applied = context.apply([sealed('of-today')], { recreate: true });
      await untilDeletionIsAsked(context, sealed(''));
      // The finalizer is ours to write, and another tool's to take away.
      await context.client.patchJson(context.refOf(sealed('')), [
        { op: 'remove', path: '/metadata/finalizers' },
      ]);
      await applied;
      const anew = await context.stored(sealed(''));
      assert.notEqual(anew.metadata.uid, uid);
      assert.equal(anew.metadata.deletionTimestamp, undefined);
      await context.client.patchJson(context.refOf(sealed('')), [
        { op: 'remove', path: '/metadata/finalizers' },
      ]);
    },
  },
];
