import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { TEMPLATE_REF } from '@sportsbook/plugin-sportsbook-scaling-common';
import { eventually } from '../eventually';
import { loadWhile } from '../loadWhile';
import { autoscalerOf, conditionOf, readyPods } from '../steps/objects';
import { nodePortUrl } from '../steps/serviceUrl';
import { createServiceForLoad } from './createServiceForLoad';
import { makeNamespace, removeNamespaces } from './namespaces';
import {
  imagesAwaited,
  installOlderPlatform,
  LEFT_BEHIND,
  restorePlatform,
} from './olderPlatform';
import type { PlatformPart, PlatformRun } from './PlatformPart';
import { platformTemplate, runPlatformTemplate } from './platformTemplate';
import { awaitPrometheus, upgradePrometheus } from './upgradePrometheus';
import { watchDesired } from './watchDesired';

const NAMESPACE = 'platform-upgrades';
const NAME = 'half-time-api';
const SERVICE = { namespace: NAMESPACE, name: NAME };
const REQUESTS_PER_SECOND = 250;
const REPLICAS = 3;
/** From the first request until the last replica is there. */
const WARM_UP_SECONDS = 90;
/** For the HPA to read through what has just been upgraded, more than once. */
const SETTLING_SECONDS = 20;

/** The HPA reads a rate, not what stands in for one while there is none. */
async function assertReadsRate({ cluster }: PlatformRun): Promise<void> {
  const { status } = await autoscalerOf(cluster, NAMESPACE, NAME);
  assert.equal(
    conditionOf(status.conditions, 'ScalingActive'),
    'True ValidMetricFound',
  );
  const scaledObject = await cluster.get({
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    ...SERVICE,
  });
  assert.match(
    JSON.stringify(scaledObject?.status ?? {}),
    /"status":"False","type":"Fallback"/,
  );
}

/** What happens while requests come. */
async function upgradeAll(run: PlatformRun) {
  const { cluster, journal } = run;
  await eventually(
    async () =>
      assert.equal(
        (
          await readyPods(cluster, NAMESPACE, NAME)
        ).length,
        REPLICAS,
      ),
    { withinSeconds: WARM_UP_SECONDS },
  );
  const desired = watchDesired(cluster, SERVICE);
  try {
    const platform = await runPlatformTemplate(run, {});
    journal.note(
      `operator and KEDA upgraded: ${
        platform.changeSet.filter(({ action }) => action !== 'unchanged').length
      } objects changed`,
    );
    await awaitPrometheus(cluster, SERVICE);
    await upgradePrometheus(run, SERVICE);
    journal.note('Prometheus upgraded');
    await eventually(() => assertReadsRate(run), { withinSeconds: 60 });
    await sleep(SETTLING_SECONDS * 1000);
    return { platform, desired: await desired.stop() };
  } finally {
    await desired.stop();
  }
}

async function prove(run: PlatformRun): Promise<void> {
  const { journal } = run;
  const title =
    'while operator, KEDA and Prometheus are upgraded under load, no request is lost and no replica comes or goes';
  const missing = await imagesAwaited(run);
  if (missing.length > 0) {
    journal.skip(title, `the registry lacks ${missing.join(', ')}`);
    return;
  }
  await journal.step(
    'operator and KEDA are ours, of older releases',
    () => installOlderPlatform(run),
    { essential: true },
  );
  await journal.step(
    'a service is created on the older platform',
    () => createServiceForLoad(run, SERVICE),
    { essential: true },
  );
  await journal.step(title, async () => {
    const url = await nodePortUrl(run.cluster, SERVICE);
    const { result, sent, answered, failures, p99Milliseconds } =
      await loadWhile(
        {
          url: `${url}/api`,
          requestsPerSecond: REQUESTS_PER_SECOND,
        },
        () => upgradeAll(run),
      );
    const { platform, desired } = result;
    journal.note(
      `${answered} of ${sent} answered, p99 ${p99Milliseconds} ms; the HPA was read ${
        desired.seconds
      } times and wanted ${desired.wanted.join(', ')}`,
    );
    assert.equal(platform.isReady, true, platform.log);
    assert.deepEqual(
      platform.decisions?.map(({ verdict }) => verdict),
      ['upgrade', 'upgrade'],
    );
    assert.deepEqual(
      platform.changeSet
        .filter(({ action }) => action === 'deleted')
        .map(({ ref }) => ref.name),
      [LEFT_BEHIND],
    );
    assert.deepEqual(desired.wanted, [REPLICAS]);
    assert.deepEqual(failures, []);
    assert.equal(answered, sent);
  });
}

/** New releases of operator, KEDA and Prometheus while a service is under load. */
export const upgradesUnderLoad: PlatformPart = {
  name: 'upgradesUnderLoad',

  async prepare({ cluster, options }) {
    await makeNamespace(cluster, NAMESPACE);
    const { rules = [], ...additions } = platformTemplate(options);
    return {
      ...additions,
      rules: [
        ...rules,
        {
          users: ['user:default/guest'],
          templates: [TEMPLATE_REF],
          clusters: [options.cluster],
          namespaces: [NAMESPACE],
        },
      ],
    };
  },

  prove,

  async cleanUp(ground) {
    await removeNamespaces(ground.cluster, [NAMESPACE]);
    await restorePlatform(ground);
  },
};
