import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { TEMPLATE_REF } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { KubernetesClient } from '@sportsbook/plugin-sportsbook-scaling-node';
import { eventually } from '../eventually';
import { runLoad } from '../load';
import { autoscalerOf, readyPods } from '../steps/objects';
import { nodePortUrl } from '../steps/serviceUrl';
import type { PlatformGround, PlatformPart, PlatformRun } from './PlatformPart';
import { makeNamespace, removeNamespaces } from './namespaces';

const NAMESPACE = 'platform-restarts';
const NAME = 'kick-off-api';
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
    const { backstage, cluster, journal, options } = run;
    await journal.step(
      'while operator, KEDA and Prometheus are restarted under load, no request is lost and no replica comes or goes',
      async () => {
        await backstage.runTask(
          TEMPLATE_REF,
          {
            name: NAME,
            owner: 'group:default/traders',
            cluster: options.cluster,
            namespace: NAMESPACE,
            monitoring: 'own',
            requestsPerSecondPerReplica: 100,
            minReplicas: 2,
            maxReplicas: 10,
            serviceType: 'NodePort',
            preview: false,
          },
          { withinSeconds: 240 },
        );
        const url = await nodePortUrl(cluster, {
          namespace: NAMESPACE,
          name: NAME,
        });
        const seconds = WARM_UP_SECONDS + RESTARTED.length * PAUSE_SECONDS;
        const load = runLoad({
          url: `${url}/api`,
          connections: 10,
          requests: REQUESTS_PER_SECOND * seconds,
          requestsPerSecond: REQUESTS_PER_SECOND,
        });
        load.catch(() => undefined);
        await eventually(
          async () =>
            assert.equal((await readyPods(cluster, NAMESPACE, NAME)).length, 3),
          { withinSeconds: WARM_UP_SECONDS },
        );
        for (const { what, ...pods } of RESTARTED) {
          await deletePods(cluster, pods);
          const wanted = await desiredDuring(cluster, PAUSE_SECONDS);
          journal.note(
            `${what} restarted: the HPA wanted ${[...wanted].join(', ')}`,
          );
          assert.deepEqual([...wanted], [3], what);
        }
        const { answered, failed, p99Milliseconds } = await load;
        journal.note(
          `${answered} answered, ${failed} failed, p99 ${p99Milliseconds} ms`,
        );
        assert.equal(failed, 0);
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

/** Every number of replicas that the HPA asked for in this time. */
async function desiredDuring(
  cluster: KubernetesClient,
  seconds: number,
): Promise<Set<number>> {
  const wanted = new Set<number>();
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end) {
    const { status } = await autoscalerOf(cluster, NAMESPACE, NAME);
    wanted.add(status.desiredReplicas);
    await sleep(1000);
  }
  return wanted;
}
