import assert from 'node:assert/strict';
import {
  derivedNames,
  KubernetesObject,
  TEMPLATE_REF,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import type { KubernetesClient } from '@sportsbook/plugin-sportsbook-scaling-node';
import { z } from 'zod';
import { eventually } from '../eventually';
import { removeNamespaces } from './namespaces';
import type { PlatformPart, PlatformRun } from './PlatformPart';

const SERVERS = 'm-monitoring';
/** Its label makes the platform's server look into it. */
const WATCHED = 'm-watched';
const UNWATCHED = 'm-unwatched';
const CLUSTER = 'monitored';
const GUEST = 'user:default/guest';
const NAME = 'measured-api';
/** A PodMonitor of somebody else selects it by its name. */
const COUNTED = 'counted-api';

const CLUSTER_ROLE = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRole',
};
const BINDING = { ...CLUSTER_ROLE, kind: 'ClusterRoleBinding' };
const ACCOUNT = 'm-prometheus';

const PLATFORM = {
  name: `${SERVERS}/platform`,
  address: `http://platform.${SERVERS}.svc:9090`,
  serviceMonitorLabels: { release: 'platform' },
};
const BATCH = {
  name: `${SERVERS}/batch`,
  address: `http://batch.${SERVERS}.svc:9090`,
  serviceMonitorLabels: { release: 'batch' },
};

const namespace = (
  name: string,
  labels: Record<string, string>,
): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: {
    name,
    labels: { 'pod-security.kubernetes.io/enforce': 'restricted', ...labels },
  },
});

/** A server as a platform team runs it, with selectors, and a Service of its own. */
function server(
  name: string,
  namespaceLabels: Record<string, string>,
): KubernetesObject[] {
  const selector = { matchLabels: { release: name } };
  const namespaces = { matchLabels: namespaceLabels };
  return [
    {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'Prometheus',
      metadata: { name, namespace: SERVERS },
      spec: {
        replicas: 1,
        version: '3.13.1',
        image: 'quay.io/prometheus/prometheus:v3.13.1',
        serviceAccountName: ACCOUNT,
        serviceDiscoveryRole: 'EndpointSlice',
        serviceMonitorSelector: selector,
        serviceMonitorNamespaceSelector: namespaces,
        podMonitorSelector: selector,
        podMonitorNamespaceSelector: namespaces,
        resources: { requests: { cpu: '50m', memory: '128Mi' } },
        securityContext: {
          runAsNonRoot: true,
          runAsUser: 65534,
          fsGroup: 65534,
          seccompProfile: { type: 'RuntimeDefault' },
        },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace: SERVERS },
      spec: {
        selector: { prometheus: name },
        ports: [{ name: 'web', port: 9090, targetPort: 'web' }],
      },
    },
  ];
}

/** What a server needs to find the pods of all namespaces. */
const ACCOUNT_OBJECTS: KubernetesObject[] = [
  {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: ACCOUNT, namespace: SERVERS },
  },
  {
    ...CLUSTER_ROLE,
    metadata: { name: ACCOUNT },
    rules: [
      {
        apiGroups: [''],
        resources: ['services', 'pods'],
        verbs: ['list', 'watch'],
      },
      {
        apiGroups: ['discovery.k8s.io'],
        resources: ['endpointslices'],
        verbs: ['list', 'watch'],
      },
    ],
  },
  {
    ...BINDING,
    metadata: { name: ACCOUNT },
    roleRef: {
      apiGroup: 'rbac.authorization.k8s.io',
      kind: CLUSTER_ROLE.kind,
      name: ACCOUNT,
    },
    subjects: [{ kind: 'ServiceAccount', name: ACCOUNT, namespace: SERVERS }],
  },
];

const values = (over: Record<string, unknown>) => ({
  name: NAME,
  owner: 'group:default/traders',
  cluster: CLUSTER,
  namespace: WATCHED,
  monitoring: 'existing',
  prometheusServer: PLATFORM,
  requestsPerSecondPerReplica: 100,
  minReplicas: 2,
  maxReplicas: 4,
  serviceType: 'ClusterIP',
  preview: true,
  ...over,
});

async function plan({ backstage }: PlatformRun, over: Record<string, unknown>) {
  return backstage.finishTask(
    await backstage.startTask(TEMPLATE_REF, values(over)),
    { withinSeconds: 60 },
  );
}

async function assertServersRun(cluster: KubernetesClient): Promise<void> {
  for (const name of ['platform', 'batch']) {
    const found = await cluster.get({
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'Prometheus',
      namespace: SERVERS,
      name,
    });
    assert.match(
      JSON.stringify(found?.status ?? {}),
      /"status":"True"[^}]*"type":"Available"/,
      `Prometheus ${name} is not available`,
    );
  }
}

const choicesSchema = z.object({
  detection: z.object({ status: z.string() }),
  servers: z.array(
    z.object({ name: z.string(), verdict: z.string(), reason: z.string() }),
  ),
});

/** Two Prometheus servers with different selectors, as others run them. */
export const existingMonitoring: PlatformPart = {
  name: 'existing monitoring',

  async prepare({ cluster, addContext }) {
    for (const object of [
      namespace(SERVERS, {
        'pod-security.kubernetes.io/enforce': 'privileged',
      }),
      namespace(WATCHED, { 'm-monitoring': 'on' }),
      namespace(UNWATCHED, {}),
      ...ACCOUNT_OBJECTS,
      ...server('platform', { 'm-monitoring': 'on' }),
      ...server('batch', { 'm-batch': 'on' }),
    ]) {
      await cluster.apply(object);
    }
    await eventually(() => assertServersRun(cluster), { withinSeconds: 90 });
    addContext({ name: CLUSTER });
    return {
      clusters: [
        {
          name: CLUSTER,
          prometheus: [
            {
              name: PLATFORM.name,
              address: PLATFORM.address,
              hastenReload: true,
            },
            { name: BATCH.name, address: BATCH.address },
          ],
        },
      ],
      rules: [
        {
          users: [GUEST],
          templates: [TEMPLATE_REF],
          clusters: [CLUSTER],
          namespaces: [WATCHED, UNWATCHED],
        },
      ],
    };
  },

  async prove(run) {
    const { backstage, cluster, journal } = run;
    await journal.step(
      'the form is told which server will scrape the namespace, and why others will not',
      async () => {
        const { detection, servers } = choicesSchema.parse(
          await backstage.prometheusServers(CLUSTER, WATCHED),
        );
        assert.equal(detection.status, 'complete');
        assert.deepEqual(
          servers
            .filter(({ name }) => name.startsWith(`${SERVERS}/`))
            .map(({ name, verdict }) => [name, verdict]),
          [
            [PLATFORM.name, 'scrapes'],
            [BATCH.name, 'refuses'],
          ],
        );
        const elsewhere = choicesSchema.parse(
          await backstage.prometheusServers(CLUSTER, UNWATCHED),
        );
        assert.match(
          elsewhere.servers.find(({ name }) => name === PLATFORM.name)
            ?.reason ?? '',
          /namespace m-unwatched lacks m-monitoring=on\.$/,
        );
      },
    );
    await journal.step(
      'a service that its server would not scrape is refused before anything is changed',
      async () => {
        for (const [over, reason] of [
          [{ prometheusServer: BATCH }, /m-watched lacks m-batch=on/],
          [{ namespace: UNWATCHED }, /m-unwatched lacks m-monitoring=on/],
          [
            {
              prometheusServer: { ...PLATFORM, serviceMonitorLabels: {} },
            },
            /this one needs release=platform\. Give it the labels release=platform/,
          ],
        ] as const) {
          const task = await plan(run, over);
          assert.equal(task.status, 'failed', task.log);
          assert.match(task.log, reason);
        }
      },
    );
    await journal.step(
      'a second monitor of the same pods is refused, and both are named',
      async () => {
        const { serviceMonitor, service } = derivedNames(COUNTED);
        await cluster.apply({
          apiVersion: 'monitoring.coreos.com/v1',
          kind: 'PodMonitor',
          metadata: {
            name: 'somebody-elses',
            namespace: WATCHED,
            labels: { release: 'platform' },
          },
          spec: {
            selector: { matchLabels: { 'app.kubernetes.io/name': COUNTED } },
            podMetricsEndpoints: [{ port: 'http' }],
          },
        });
        const task = await plan(run, { name: COUNTED });
        assert.equal(task.status, 'failed', task.log);
        assert.match(
          task.log,
          new RegExp(
            `ServiceMonitor ${WATCHED}/${serviceMonitor}: .* would scrape Service ${WATCHED}/${service} twice, since PodMonitor ${WATCHED}/somebody-elses selects the same port`,
          ),
        );
      },
    );
    await journal.step(
      'the service goes to the server that scrapes it, without a Prometheus of its own, and is verified',
      async () => {
        const { log } = await backstage.runTask(
          TEMPLATE_REF,
          values({ preview: false }),
          { withinSeconds: 240 },
        );
        assert.match(log, /Hastened the reload of prometheus-platform-0/);
        assert.match(log, /2 targets up, each of one monitor/);
        const { items } = await cluster.list(
          { apiVersion: 'monitoring.coreos.com/v1', kind: 'Prometheus' },
          { namespace: WATCHED },
        );
        assert.deepEqual(items, []);
      },
      { essential: true },
    );
  },

  async cleanUp({ cluster }) {
    for (const ref of [BINDING, CLUSTER_ROLE]) {
      await cluster.delete({ ...ref, name: ACCOUNT });
    }
    await removeNamespaces(cluster, [WATCHED, UNWATCHED, SERVERS]);
  },
};
