import type { Server } from 'node:http';
import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod';
import type { Clock } from '../model/Clock';
import type { UserInfo } from '../model/UserInfo';
import type { Authorizer } from '../ports/Authorizer';
import type {
  BuiltInProgram,
  ProgramContext,
  RunningProgram,
} from '../ports/BuiltInProgram';
import type { ClusterNetwork } from '../ports/ClusterNetwork';
import type { ClusterObjects } from '../ports/ClusterObjects';
import { KubernetesDiscovery } from './discovery/KubernetesDiscovery';
import { createHttpServer } from './http/createHttpServer';
import { PrometheusServer } from './PrometheusServer';
import { CONFIG_KEY, readConfigSecret } from './readConfigSecret';
import { ServerLog } from './ServerLog';

/** Labels that the operator gives its pods. */
const NAME_LABEL = 'operator.prometheus.io/name';
const SHARD_LABEL = 'operator.prometheus.io/shard';
const CONTAINER = 'prometheus';
const WEB_PORT_NAME = 'web';
const DEFAULT_WEB_PORT = 9090;
const CONFIG_FILE = '/etc/prometheus/config_out/prometheus.env.yaml';

export interface PrometheusProgramOptions {
  objects: ClusterObjects;
  network: Pick<ClusterNetwork, 'fetch'>;
  authorizer: Authorizer;
  clock: Clock;
}

const podSchema = z.object({
  metadata: z.object({
    name: z.string(),
    namespace: z.string(),
    labels: z.record(z.string(), z.string()).default({}),
  }),
  spec: z.object({
    serviceAccountName: z.string().default('default'),
    containers: z.array(
      z.object({
        name: z.string(),
        ports: z
          .array(
            z.object({
              name: z.string().optional(),
              containerPort: z.number(),
            }),
          )
          .default([]),
      }),
    ),
  }),
});

type PrometheusPod = z.output<typeof podSchema>;

function serviceAccountOf({ metadata, spec }: PrometheusPod): UserInfo {
  const { namespace } = metadata;
  return {
    username: `system:serviceaccount:${namespace}:${spec.serviceAccountName}`,
    groups: [
      'system:serviceaccounts',
      `system:serviceaccounts:${namespace}`,
      'system:authenticated',
    ],
  };
}

function webPortOf({ spec }: PrometheusPod): number {
  return (
    spec.containers
      .find(({ name }) => name === CONTAINER)
      ?.ports.find(({ name }) => name === WEB_PORT_NAME)?.containerPort ??
    DEFAULT_WEB_PORT
  );
}

/** Follows the operator's Secret. @returns what ends it */
function followConfig(
  { objects }: PrometheusProgramOptions,
  { metadata }: PrometheusPod,
  server: PrometheusServer,
  log: ServerLog,
): () => void {
  const type = objects.typeOf('v1', 'Secret');
  if (!type) {
    throw new Error('the cluster does not serve Secrets');
  }
  const name = `prometheus-${metadata.labels[NAME_LABEL]}`;
  const variables = {
    POD_NAME: metadata.name,
    SHARD: metadata.labels[SHARD_LABEL] ?? '0',
  };
  let last: string | undefined;
  const take = (secret: KubernetesObject) => {
    try {
      const text = readConfigSecret(secret, variables);
      if (text !== undefined && text !== last) {
        last = text;
        server.load(text, CONFIG_FILE).catch((error: unknown) => {
          log.error('Error reloading config', { err: String(error) });
        });
      }
    } catch (error) {
      log.error('Error reading config', {
        err: `${CONFIG_KEY} of the Secret ${name}: ${String(error)}`,
      });
    }
  };
  return objects.watch(
    type,
    {
      namespace: metadata.namespace,
      fieldSelector: `metadata.name=${name}`,
      sendInitialEvents: true,
    },
    ({ type: kind, object }) => {
      if (kind === 'ADDED' || kind === 'MODIFIED') {
        take(object);
      }
    },
  );
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('the embedded Prometheus got no port to listen on');
  }
  return address.port;
}

async function startPrometheus(
  options: PrometheusProgramOptions,
  context: ProgramContext,
): Promise<RunningProgram> {
  const pod = podSchema.parse(context.pod);
  const log = new ServerLog(options.clock, line => context.log(line));
  log.info('Starting the embedded Prometheus', {
    mode: 'server',
    storage: 'memory',
  });
  const server = new PrometheusServer({
    clock: options.clock,
    network: options.network,
    log,
    discovery: new KubernetesDiscovery({
      objects: options.objects,
      authorizer: options.authorizer,
      user: serviceAccountOf(pod),
      ownNamespace: pod.metadata.namespace,
    }),
  });
  const http = createHttpServer({
    server,
    clock: options.clock,
    hostname: pod.metadata.name,
  });
  const port = await listen(http);
  const webPort = webPortOf(pod);
  log.info('Listening on', {
    component: 'web',
    address: `${context.podIP}:${webPort}`,
  });
  server.start();
  const endConfig = followConfig(options, pod, server, log);
  log.info('Server is ready to receive web requests.');

  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= (async () => {
      log.info('See you next time!');
      endConfig();
      http.closeAllConnections();
      await Promise.all([
        server.stop(),
        new Promise<void>(resolve => {
          http.close(() => resolve());
        }),
      ]);
    })();
    return stopping;
  };
  context.signal.addEventListener('abort', () => stop(), { once: true });
  return { listening: new Map([[webPort, port]]), stop };
}

/**
 * The Prometheus server that is built into the embedded cluster: runs in the
 * place of the container `prometheus` of the pods that the Prometheus operator
 * makes, with the configuration of the operator's Secret and the rights of the
 * pod's ServiceAccount.
 *
 * @remarks
 * Samples are in memory, for the retention that the configuration names but at
 * most two hours and five million samples, and go with the pod.
 */
export function prometheusProgram(
  options: PrometheusProgramOptions,
): BuiltInProgram {
  return {
    name: 'prometheus',
    runs: ({ image }, pod) =>
      pod.metadata.labels?.[NAME_LABEL] !== undefined &&
      /(^|\/)prometheus(:|@|$)/.test(image),
    start: context => startPrometheus(options, context),
  };
}
