import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { TEMPLATE_REF } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { KubernetesClient } from '@sportsbook/plugin-sportsbook-scaling-node';
import { eventually } from '../eventually';
import { loadWhile } from '../loadWhile';
import { readyPods } from '../steps/objects';
import { nodePortUrl } from '../steps/serviceUrl';
import { createServiceForLoad } from './createServiceForLoad';
import type { PlatformGround, PlatformPart, PlatformRun } from './PlatformPart';
import { makeNamespace, removeNamespaces } from './namespaces';
import { watchDesired } from './watchDesired';

const NAMESPACE = 'platform-restarts';
const NAME = 'kick-off-api';
const SERVICE = { namespace: NAMESPACE, name: NAME };
const REQUESTS_PER_SECOND = 250;
/** From the first request until the third replica is there. */
const WARM_UP_SECONDS = 75;
/** Between two restarts. */
const PAUSE_SECONDS = 35;
const RESTARTED = [
  {
    what: 'the Prometheus operator',
    namespace: undefined,
    labelSelector: 'app.kubernetes.io/name=prometheus-operator',
  },
  {
    what: 'KEDA',
    namespace: 'keda',
    labelSelector:
      'app in (keda-operator,keda-metrics-apiserver,keda-admission-webhooks)',
  },
  {
    what: "the service's Prometheus",
    namespace: NAMESPACE,
    labelSelector: `prometheus=${NAME}`,
  },
] as const;

async function restartAll({ cluster, journal }: PlatformRun): Promise<void> {
  await eventually(
    async () =>
      assert.equal((await readyPods(cluster, NAMESPACE, NAME)).length, 3),
    { withinSeconds: WARM_UP_SECONDS },
  );
  for (const { what, ...pods } of RESTARTED) {
    const desired = watchDesired(cluster, { namespace: NAMESPACE, name: NAME });
    await deletePods(cluster, pods);
    await sleep(PAUSE_SECONDS * 1000);
    const { wanted } = await desired.stop();
    journal.note(`${what} restarted: the HPA wanted ${wanted.join(', ')}`);
    assert.deepEqual(wanted, [3], what);
  }
}

/** New pods of operator, KEDA and Prometheus while a service is under load. */
export const restartsUnderLoad: PlatformPart = {
  name: 'restartsUnderLoad',

  async prepare(ground: PlatformGround) {
    await makeNamespace(ground.cluster, NAMESPACE);
    return {
      rules: [
        {
          users: ['user:default/guest'],
          templates: [TEMPLATE_REF],
          clusters: [ground.options.cluster],
          namespaces: [NAMESPACE],
        },
      ],
    };
  },

  async prove(run: PlatformRun) {
    const { cluster, journal } = run;
    await journal.step(
      'while operator, KEDA and Prometheus are restarted under load, no request is lost and no replica comes or goes',
      async () => {
        await createServiceForLoad(run, SERVICE);
        const url = await nodePortUrl(cluster, SERVICE);
        const { sent, answered, failures, p99Milliseconds } = await loadWhile(
          { url: `${url}/api`, requestsPerSecond: REQUESTS_PER_SECOND },
          () => restartAll(run),
        );
        journal.note(
          `${answered} of ${sent} answered, p99 ${p99Milliseconds} ms`,
        );
        assert.deepEqual(failures, []);
        assert.equal(answered, sent);
      },
    );
  },

  async cleanUp(ground: PlatformGround) {
    await removeNamespaces(ground.cluster, [NAMESPACE]);
  },
};

async function deletePods(
  cluster: KubernetesClient,
  options: { namespace?: string; labelSelector: string },
): Promise<void> {
  const { items } = await cluster.list(
    { apiVersion: 'v1', kind: 'Pod' },
    options,
  );
  assert.ok(items.length > 0, `pods with ${options.labelSelector}`);
  for (const { metadata } of items) {
    await cluster.delete({
      apiVersion: 'v1',
      kind: 'Pod',
      namespace: metadata.namespace,
      name: metadata.name,
    });
  }
}
