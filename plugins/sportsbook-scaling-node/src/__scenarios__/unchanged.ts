import assert from 'node:assert/strict';
import { configMap, deployment, secret, withMetadata } from './objects';
import { Scenario } from './Scenario';
import { actionsOf, told } from './ScenarioContext';

/** What is as its manifest says is not written. */
export const unchanged: Scenario[] = [
  {
    title: 'objects that are as their manifests say keep their version',
    async run(context) {
      const set = [configMap('odds'), deployment('odds')];
      await context.apply(set);
      const version = async () =>
        (await context.stored(set[0])).metadata.resourceVersion;
      const before = await version();
      assert.deepEqual(actionsOf(await context.apply(set)), ['unchanged']);
      assert.equal(await version(), before);
    },
  },
  {
    title: 'only what changed is written, and its fields are named',
    async run(context) {
      const set = [configMap('same'), configMap('other')];
      await context.apply(set);
      const changes = await context.apply([
        set[0],
        configMap('other', { limit: '200' }),
      ]);
      assert.deepEqual(told(changes).sort(), [
        'ConfigMap other: configured',
        'ConfigMap same: unchanged',
      ]);
      assert.deepEqual(
        changes.find(({ ref }) => ref.name === 'other')?.changedFields,
        ['.data.limit'],
      );
    },
  },
  {
    title: 'a field that the manifest drops is taken away',
    async run(context) {
      await context.apply([configMap('odds', { kept: '1', dropped: '2' })]);
      const changes = await context.apply([configMap('odds', { kept: '1' })]);
      assert.deepEqual(actionsOf(changes), ['configured']);
      const { data } = await context.stored(configMap('odds'));
      assert.deepEqual(data, { kept: '1' });
    },
  },
  {
    title: 'what somebody else adds is no change of ours, and stays',
    async run(context) {
      await context.apply([configMap('odds', { ours: '1' })]);
      await context.writeAs('risk-team', configMap('odds', { theirs: '2' }));
      const changes = await context.apply([configMap('odds', { ours: '1' })]);
      assert.deepEqual(actionsOf(changes), ['unchanged']);
      const { data } = await context.stored(configMap('odds'));
      assert.deepEqual(data, { ours: '1', theirs: '2' });
    },
  },
  {
    title: 'a Secret that is written as plain text is unchanged the next time',
    async run(context) {
      const token = secret('feed', { token: 'of-the-feed' });
      await context.apply([token]);
      assert.deepEqual(actionsOf(await context.apply([token])), ['unchanged']);
    },
  },
  {
    title: 'the order of labels and of fields is no change',
    async run(context) {
      const labels = { a: '1', b: '2' };
      const data = { c: '3', d: '4' };
      await context.apply([withMetadata(configMap('odds', data), { labels })]);
      const changes = await context.apply([
        withMetadata(configMap('odds', { d: '4', c: '3' }), {
          labels: { b: '2', a: '1' },
        }),
      ]);
      assert.deepEqual(actionsOf(changes), ['unchanged']);
    },
  },
  {
    title: 'what controllers write about a Deployment is no change',
    async run(context) {
      const set = [deployment('odds')];
      await context.apply(set);
      const isObserved = async () => {
        const { status, metadata } = await context.stored(set[0]);
        return (
          typeof status === 'object' &&
          status !== null &&
          'observedGeneration' in status &&
          metadata.annotations?.['deployment.kubernetes.io/revision'] === '1'
        );
      };
      let observed = false;
      for await (const event of context.client.watch(
        { apiVersion: 'apps/v1', kind: 'Deployment' },
        { namespace: context.namespace, timeoutSeconds: 60 },
      )) {
        observed = event.type !== 'BOOKMARK' && (await isObserved());
        if (observed) {
          break;
        }
      }
      assert.ok(observed, 'no controller has looked at the Deployment');
      assert.deepEqual(actionsOf(await context.apply(set)), ['unchanged']);
    },
  },
];
