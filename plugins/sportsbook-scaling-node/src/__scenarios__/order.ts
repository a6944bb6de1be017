import assert from 'node:assert/strict';
import { ApplyFailedError, PlanRefusedError } from '../errors';
import {
  bet,
  configMap,
  definition,
  deployment,
  namespaceObject,
  role,
  roleBinding,
  withMetadata,
} from './objects';
import { Scenario } from './Scenario';
import { actionsOf, failureOf, ScenarioContext, told } from './ScenarioContext';

const groupOf = ({ namespace }: ScenarioContext) => `${namespace}.example.com`;

/** What an apply does first, and what it does not begin with. */
export const order: Scenario[] = [
  {
    title:
      'roles come before bindings, configuration before what runs with it, in whatever order the manifests are',
    async run(context) {
      const changes = await context.apply([
        deployment('odds'),
        configMap('odds'),
        roleBinding('odds', 'odds'),
        role('odds'),
      ]);
      const kinds = changes.map(({ ref }) => ref.kind);
      assert.equal(kinds[0], 'Role');
      assert.equal(kinds[3], 'Deployment');
      assert.deepEqual(actionsOf(changes), ['created']);
    },
  },
  {
    title:
      'a definition and an object of its kind are applied in one run, the object once its kind is served',
    async run(context) {
      const group = groupOf(context);
      const set = [bet(group, 'first'), definition(group)];
      context.leftovers.push(context.refOf(set[1]));
      const plan = await context.plan(set);
      assert.deepEqual(plan.problems, []);
      assert.deepEqual(told(plan.changes), [
        `CustomResourceDefinition bets.${group}: created`,
        'Bet first: unverifiable',
      ]);
      assert.deepEqual(told(await context.apply(set)), [
        `CustomResourceDefinition bets.${group}: created`,
        'Bet first: created',
      ]);
      assert.deepEqual((await context.stored(set[0])).spec, {
        odds: '2.5',
        stake: 1,
      });
      assert.deepEqual(actionsOf(await context.apply(set)), ['unchanged']);
    },
  },
  {
    title:
      'a namespace is made before what lies in it, which a plan calls unverifiable and not failed',
    async run(context) {
      const name = context.uniqueName('inside');
      const inside = withMetadata(configMap('odds'), { namespace: name });
      const set = [inside, namespaceObject(name)];
      context.leftovers.push(context.refOf(namespaceObject(name)));
      const choices = { otherNamespaces: [name] };
      const plan = await context.plan(set, choices);
      assert.deepEqual(plan.problems, []);
      assert.deepEqual(told(plan.changes), [
        `Namespace ${name}: created`,
        'ConfigMap odds: unverifiable',
      ]);
      assert.deepEqual(told(await context.apply(set, choices)), [
        `Namespace ${name}: created`,
        'ConfigMap odds: created',
      ]);
    },
  },
  {
    title:
      'an object that is refused stops the run before anything is written, and all problems are told at once',
    async run(context) {
      const bad = { ...configMap('bad'), notAField: true };
      const worse = configMap('Not_A_Name');
      const error = await failureOf(
        PlanRefusedError,
        context.apply([role('odds'), bad, worse, deployment('odds')]),
      );
      assert.equal(error.problems.length, 2);
      assert.match(error.message, /k8s\/2-configmap\.yaml.*notAField/);
      assert.match(error.message, /k8s\/3-configmap\.yaml.*Not_A_Name/);
      assert.equal(await context.find(role('odds')), undefined);
    },
  },
  {
    title:
      'an object that is refused in a late stage leaves that stage untouched, and the report is complete',
    async run(context) {
      const group = groupOf(context);
      const set = [
        definition(group),
        configMap('before'),
        bet(group, 'good'),
        bet(group, 'bad', { stake: 1_000 }),
      ];
      context.leftovers.push(context.refOf(set[0]));
      const error = await failureOf(ApplyFailedError, context.apply(set));
      assert.match(error.message, /a stake is at most 100/);
      assert.equal(await context.find(set[2]), undefined);
      assert.deepEqual(told(error.changeSet).sort(), [
        'Bet bad: failed',
        'Bet good: skipped',
        'ConfigMap before: created',
        `CustomResourceDefinition bets.${group}: created`,
      ]);
      const mended = [...set.slice(0, 3), bet(group, 'bad', { stake: 10 })];
      // Of one stage, what is written side by side ends in any order.
      assert.deepEqual(told(await context.apply(mended)).sort(), [
        'Bet bad: created',
        'Bet good: created',
        'ConfigMap before: unchanged',
        `CustomResourceDefinition bets.${group}: unchanged`,
      ]);
    },
  },
  {
    title:
      'a namespace that does not exist, and that the set does not bring, is named before anything is written',
    async run(context) {
      const nowhere = context.uniqueName('nowhere');
      const error = await failureOf(
        PlanRefusedError,
        context.apply(
          [
            configMap('here'),
            withMetadata(configMap('there'), { namespace: nowhere }),
          ],
          { otherNamespaces: [nowhere] },
        ),
      );
      assert.match(error.message, new RegExp(nowhere));
      assert.equal(await context.find(configMap('here')), undefined);
    },
  },
  {
    title:
      'a rule of a definition is broken: the object is refused with the words of the rule',
    async run(context) {
      const group = groupOf(context);
      context.leftovers.push(context.refOf(definition(group)));
      await context.apply([definition(group)]);
      const error = await failureOf(
        PlanRefusedError,
        context.apply([bet(group, 'high', { stake: 500 })]),
      );
      assert.match(error.message, /a stake is at most 100/);
    },
  },
  {
    title: 'a hundred objects are applied, and are unchanged the next time',
    async run(context) {
      const set = Array.from({ length: 100 }, (_, index) =>
        configMap(`limits-${index}`, { index: String(index) }),
      );
      const first = await context.apply(set);
      assert.equal(first.length, 100);
      assert.deepEqual(actionsOf(first), ['created']);
      assert.deepEqual(actionsOf(await context.apply(set)), ['unchanged']);
    },
  },
  {
    title:
      'a definition whose kind another one has is told, instead of waited for until the time is up',
    async run(context) {
      const group = groupOf(context);
      const first = definition(group);
      const second = withMetadata(
        {
          ...first,
          spec: {
            ...Object(first.spec),
            names: { plural: 'wagers', singular: 'wager', kind: 'Bet' },
          },
        },
        { name: `wagers.${group}` },
      );
      context.leftovers.push(context.refOf(first), context.refOf(second));
      await context.apply([first]);
      const error = await failureOf(
        ApplyFailedError,
        context.apply([first, second]),
      );
      assert.match(error.message, /wagers.*cannot be established/);
    },
  },
];
