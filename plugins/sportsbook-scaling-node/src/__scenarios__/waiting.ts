import assert from 'node:assert/strict';
import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import {
  WaitCancelledError,
  WaitFailedError,
  WaitTimeoutError,
} from '../errors';
import { waitForObjects, WaitOptions } from '../wait';
import { bet, configMap, definition, deployment, job } from './objects';
import { Scenario } from './Scenario';
import { failureOf, ScenarioContext } from './ScenarioContext';

function wait(
  context: ScenarioContext,
  objects: KubernetesObject[],
  options: Partial<WaitOptions> = {},
) {
  return waitForObjects({
    client: context.client,
    objects: objects.map(object => context.refOf(object)),
    timeoutSeconds: 120,
    ...options,
  });
}

/** When an object is what its manifest says, and how a wait ends that is not. */
export const waiting: Scenario[] = [
  {
    title: 'a wait ends once pods run, Jobs are done and the rest is there',
    async run(context) {
      const set = [
        configMap('odds'),
        deployment('odds', { replicas: 1 }),
        job('settle', { program: 'console.log("settled")' }),
      ];
      await context.apply(set);
      const waited = await wait(context, set);
      assert.deepEqual(
        waited.map(({ ref, status }) => `${ref.kind} ${status}`),
        ['ConfigMap current', 'Deployment current', 'Job current'],
      );
    },
  },
  {
    title:
      'a wait that fails fast ends with the first object that failed for good, whatever the rest does',
    async run(context) {
      const failing = job('settle', {
        program: 'console.log("no such bet"); process.exit(1)',
      });
      const set = [failing, configMap('never')];
      await context.apply([failing]);
      const error = await failureOf(
        WaitFailedError,
        wait(context, set, { failFast: true }),
      );
      assert.match(error.message, /Job .*settle Failed/);
      assert.match(error.message, /ConfigMap .*never/);
      assert.match(error.message, /no such bet/);
    },
  },
  {
    title: 'a wait ends early once all that is left has failed for good',
    async run(context) {
      const set = [
        configMap('odds'),
        job('settle', { program: 'process.exit(1)' }),
      ];
      await context.apply(set);
      const error = await failureOf(WaitFailedError, wait(context, set));
      assert.deepEqual(
        error.blocked.map(({ ref }) => ref.name),
        ['settle'],
      );
    },
  },
  {
    title:
      'a wait whose time is up names every object that is not there, and why',
    async run(context) {
      const unpullable = deployment('odds', {
        replicas: 1,
        image: 'registry.invalid/odds:1',
      });
      const set = [configMap('here'), configMap('absent'), unpullable];
      await context.apply([set[0], unpullable]);
      const error = await failureOf(
        WaitTimeoutError,
        wait(context, set, { timeoutSeconds: 3 }),
      );
      assert.deepEqual(
        error.blocked.map(({ ref, status }) => `${ref.name} ${status}`).sort(),
        ['absent absent', 'odds inProgress'],
      );
    },
  },
  {
    title: 'a wait that is cancelled says so, and not that its time was up',
    async run(context) {
      const controller = new AbortController();
      const waited = wait(context, [configMap('absent')], {
        signal: controller.signal,
        onChange: () => controller.abort(new Error('the page was closed')),
      });
      const error = await failureOf(WaitCancelledError, waited);
      assert.match(error.message, /the page was closed/);
      assert.match(error.message, /ConfigMap .*absent/);
    },
  },
  {
    title:
      'a Job that is removed as soon as it is done counts as done, and one that was never there does not',
    async run(context) {
      const brief = job('brief', {
        program: 'process.exit(0)',
        ttlSecondsAfterFinished: 0,
      });
      await context.apply([brief]);
      const [waited] = await wait(context, [brief]);
      assert.equal(waited.status, 'current');
      const error = await failureOf(
        WaitTimeoutError,
        wait(context, [job('never', { program: '' })], { timeoutSeconds: 1 }),
      );
      assert.equal(error.blocked[0].status, 'absent');
    },
  },
  {
    title:
      'a custom resource is there at once where it tells no state, and once it is ready where it does',
    async run(context) {
      const group = `${context.namespace}.example.com`;
      context.leftovers.push(context.refOf(definition(group)));
      const silent = bet(group, 'silent');
      const telling = bet(group, 'telling');
      await context.apply([definition(group), silent, telling]);
      assert.equal((await wait(context, [silent]))[0].status, 'current');
      const tell = (ready: 'True' | 'False') =>
        context.writeAs('settler', {
          ...telling,
          spec: {},
          status: { conditions: [{ type: 'Ready', status: ready }] },
        });
      await tell('False');
      let told: Promise<unknown> | undefined;
      const waited = wait(context, [telling], {
        onChange: ({ status }) => {
          if (status === 'inProgress') {
            told ??= tell('True');
          }
        },
      });
      assert.equal((await waited)[0].status, 'current');
      await told;
    },
  },
];
