import assert from 'node:assert/strict';
import { TEMPLATE_REF } from '@sportsbook/plugin-sportsbook-scaling-common';
import {
  openPrometheus,
  ScalingChainBrokenError,
  verifyScaling,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import type { KubernetesClient } from '@sportsbook/plugin-sportsbook-scaling-node';
import { z } from 'zod';
import { eventually } from '../eventually';
import { autoscalerOf, conditionOf } from '../steps/objects';
import {
  GUARDED,
  guardedPrometheus,
  type WayIn,
} from './guard/guardedPrometheus';
import { makeNamespace, removeNamespaces } from './namespaces';
import type { PlatformPart, PlatformRun } from './PlatformPart';

const SERVERS = 'g-monitoring';
const SERVICES = 'g-services';
const CLUSTER = 'guarded';

const serviceOf = (mode: WayIn['mode']) => `${mode}-api`;
const readerOf = (mode: WayIn['mode']) => `${mode}-reader`;
/** The Prometheus object by its own name, and the same server by others. */
const serverOf = (mode: WayIn['mode']) =>
  mode === 'bearer' ? `${SERVERS}/${GUARDED}` : `${GUARDED}-${mode}`;

const scaledObjectSchema = z.object({
  spec: z.object({
    triggers: z.tuple([
      z.object({
        metadata: z.object({ authModes: z.string() }),
        authenticationRef: z.object({ name: z.string(), kind: z.string() }),
      }),
    ]),
  }),
  status: z.object({
    conditions: z.array(z.object({ type: z.string(), status: z.string() })),
  }),
});

let ways: WayIn[] = [];

async function applyReader(
  cluster: KubernetesClient,
  { mode, parameters }: Omit<WayIn, 'address'>,
): Promise<void> {
  const metadata = { name: readerOf(mode), namespace: SERVICES };
  await cluster.apply({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata,
    stringData: parameters,
  });
  await cluster.apply({
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'TriggerAuthentication',
    metadata,
    spec: {
      secretTargetRef: Object.keys(parameters).map(parameter => ({
        parameter,
        name: metadata.name,
        key: parameter,
      })),
    },
  });
}

async function isAvailable(cluster: KubernetesClient): Promise<void> {
  const found = await cluster.get({
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'Prometheus',
    namespace: SERVERS,
    name: GUARDED,
  });
  assert.match(
    JSON.stringify(found?.status ?? {}),
    /"status":"True"[^}]*"type":"Available"/,
  );
}

/** What `scaling:verify` says of a service that it finds broken, sooner than a task would. */
async function whatIsBroken(
  { cluster, options }: PlatformRun,
  { mode, address }: WayIn,
): Promise<ScalingChainBrokenError> {
  const limits = {
    allowedAddresses: [],
    allowedNamespaces: [SERVERS],
    configured: new Map(),
  };
  try {
    await verifyScaling({
      client: cluster,
      openPrometheus: serverAddress =>
        openPrometheus({
          client: cluster,
          serverAddress,
          namespace: SERVICES,
          ...limits,
        }),
      target: { namespace: SERVICES, scaledObject: serviceOf(mode) },
      timeoutSeconds: 5,
    });
  } catch (error) {
    if (error instanceof ScalingChainBrokenError) {
      return error;
    }
    throw error;
  }
  throw new Error(
    `${serviceOf(mode)} on ${options.cluster} still scales by ${address}.`,
  );
}

/** The service reads the server through the rendered TriggerAuthentication, and is verified. */
async function proveWayIn(
  { backstage, cluster, journal }: PlatformRun,
  { mode, address }: WayIn,
): Promise<void> {
  await journal.step(
    `${mode}: KEDA reads a Prometheus that checks credentials, by the TriggerAuthentication of the configuration, and the service is verified`,
    async () => {
      const { log } = await backstage.runTask(
        TEMPLATE_REF,
        {
          name: serviceOf(mode),
          owner: 'group:default/traders',
          cluster: CLUSTER,
          namespace: SERVICES,
          monitoring: 'existing',
          prometheusServer: {
            name: serverOf(mode),
            address,
            serviceMonitorLabels: { release: GUARDED },
          },
          requestsPerSecondPerReplica: 100,
          minReplicas: 1,
          maxReplicas: 2,
          serviceType: 'ClusterIP',
          preview: false,
        },
        { withinSeconds: 240 },
      );
      assert.ok(
        log.includes(
          `${address} answers those with credentials, which KEDA has (TriggerAuthentication ${readerOf(
            mode,
          )}) and Backstage has not`,
        ),
        log,
      );
      const {
        spec: {
          triggers: [trigger],
        },
        status,
      } = scaledObjectSchema.parse(
        await cluster.get({
          apiVersion: 'keda.sh/v1alpha1',
          kind: 'ScaledObject',
          namespace: SERVICES,
          name: serviceOf(mode),
        }),
      );
      assert.deepEqual(trigger, {
        metadata: { authModes: mode },
        authenticationRef: {
          name: readerOf(mode),
          kind: 'TriggerAuthentication',
        },
      });
      assert.equal(conditionOf(status.conditions, 'Fallback'), 'False');
      const autoscaler = await autoscalerOf(cluster, SERVICES, serviceOf(mode));
      assert.equal(
        conditionOf(autoscaler.status.conditions, 'ScalingActive'),
        'True ValidMetricFound',
      );
    },
  );
}

async function prove(run: PlatformRun): Promise<void> {
  const { cluster, journal } = run;
  const [bearer] = ways;
  await journal.step(
    'the server answers nobody without credentials, not even through the API server',
    async () => {
      const path = (service: string) =>
        `/api/v1/namespaces/${SERVERS}/services/${service}/proxy/api/v1/query?query=1`;
      assert.equal(
        (await cluster.getRaw(path('http:bearer:9091'))).status,
        401,
      );
      assert.match(
        (await cluster.getRaw(path('https:tls:9443'))).text,
        /certificate required/,
      );
    },
  );
  await Promise.all(ways.map(way => proveWayIn(run, way)));
  await journal.step(
    'a wrong token is told as one that the server refuses, with the TriggerAuthentication to correct',
    async () => {
      await applyReader(cluster, {
        mode: 'bearer',
        parameters: { bearerToken: 'not-the-token' },
      });
      // KEDA keeps what it has read from a Secret until the ScaledObject changes.
      await cluster.apply(
        {
          apiVersion: 'keda.sh/v1alpha1',
          kind: 'ScaledObject',
          metadata: { namespace: SERVICES, name: serviceOf('bearer') },
          spec: { pollingInterval: 10 },
        },
        { fieldManager: 'somebody', force: true },
      );
      await eventually(
        async () => {
          const { link, message } = await whatIsBroken(run, bearer);
          assert.equal(link, 'scaledObject');
          assert.match(message, /KEDA says: [^;]*status: 401/);
          assert.match(message, /the server answers, and refuses/);
        },
        { withinSeconds: 120 },
      );
    },
  );
  await journal.step(
    'a server that is not there is told as one that cannot be reached',
    async () => {
      await cluster.delete({
        apiVersion: 'v1',
        kind: 'Service',
        namespace: SERVERS,
        name: 'bearer',
      });
      const { link, message } = await whatIsBroken(run, bearer);
      assert.equal(link, 'prometheus');
      assert.match(message, /cannot be reached/);
      assert.doesNotMatch(message, /credentials|401/);
    },
  );
}

/** A Prometheus that checks who asks, and a KEDA that proves itself to it. */
export const credentials: PlatformPart = {
  name: 'credentials',

  async prepare({ cluster, addContext }) {
    for (const name of [SERVERS, SERVICES]) {
      await makeNamespace(cluster, name);
    }
    const guarded = await guardedPrometheus({
      namespace: SERVERS,
      services: SERVICES,
    });
    ways = guarded.ways;
    for (const object of guarded.objects) {
      await cluster.apply(object);
    }
    for (const way of ways) {
      await applyReader(cluster, way);
    }
    await eventually(() => isAvailable(cluster), { withinSeconds: 90 });
    addContext({ name: CLUSTER });
    return {
      clusters: [
        {
          name: CLUSTER,
          prometheus: ways.map(({ mode, address }) => ({
            name: serverOf(mode),
            address,
            ...(mode === 'bearer'
              ? { hastenReload: true }
              : { serviceMonitorLabels: { release: GUARDED } }),
            triggerAuthentication: { name: readerOf(mode), modes: [mode] },
          })),
        },
      ],
      rules: [
        {
          users: ['user:default/guest'],
          templates: [TEMPLATE_REF],
          clusters: [CLUSTER],
          namespaces: [SERVICES],
        },
      ],
    };
  },

  prove,

  async cleanUp({ cluster }) {
    await removeNamespaces(cluster, [SERVICES, SERVERS]);
  },
};
