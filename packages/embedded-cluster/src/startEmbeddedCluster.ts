import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { EMBEDDED_CLUSTER } from '@sportsbook/plugin-sportsbook-scaling-common';
import { createApiServer } from './api';
import {
  createAuthenticator,
  createAuthority,
  createAuthorizer,
  createClusterRoleAggregation,
  createEscalationGuard,
  createReviews,
  createServiceAccountTokens,
  writeKubeconfig,
} from './auth';
import { createAutoscaling } from './autoscaling';
import { createControllers, refuseUnsupportedJobs } from './controllers';
import { type Clock, systemClock } from './model/Clock';
import { createMonitoring } from './monitoring';
import { createNetwork } from './network';
import { createEventRecorder, openClusterObjects } from './objects';
import { createKubelet } from './pods';
import type { ClusterObjects } from './ports/ClusterObjects';
import { printTable } from './printing';
import { prometheusProgram } from './prometheus';
import { createRegistry } from './registry';
import { keepPrivate } from './runtime/keepPrivate';
import { lockDirectory } from './runtime/lockDirectory';
import { rememberedPorts } from './runtime/rememberedPorts';
import { recordedOpenApi, recordedVersion } from './schema';
import { type GitHostSettings, startGitHost } from './startGitHost';

export interface EmbeddedClusterOptions {
  /** Folder of all state; made where it is missing. One process at a time owns it. */
  directory: string;
  /** Port of the API on 127.0.0.1. Default 0: the one of last time, else a free one. */
  apiPort?: number;
  /** Likewise of the image registry. */
  registryPort?: number;
  /** Namespaces that are made where they are missing. */
  namespaces?: readonly string[];
  /** A git host in the same process. Default: none. */
  gitHost?: GitHostSettings;
  /** One line for whoever runs the cluster. Default: nowhere. */
  log?: (line: string) => void;
  clock?: Clock;
}

export interface EmbeddedCluster {
  /** Of the API, `https://127.0.0.1:<port>`. */
  url: string;
  /** Mode 600; its one context is the administrator's. */
  kubeconfigPath: string;
  context: string;
  /** `127.0.0.1:<port>` of the image registry, plain HTTP. */
  registry: string;
  /** All objects, without the way over HTTPS. */
  objects: ClusterObjects;
  /** Ends pods, then everything else; what was written stays in the folder. */
  close(): Promise<void>;
}

/**
 * Starts everything. Ready when the API answers; pods of an earlier run come
 * back after that.
 *
 * @throws StateInUseError when another process owns the folder
 */
export async function startEmbeddedCluster(
  options: EmbeddedClusterOptions,
): Promise<EmbeddedCluster> {
  const { directory, clock = systemClock, log = () => {} } = options;
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  keepPrivate(directory);
  const closing: (() => void | Promise<void>)[] = [];
  closing.push(lockDirectory(directory));
  const closeAll = async () => {
    const failures: unknown[] = [];
    for (const end of closing.splice(0).reverse()) {
      try {
        await end();
      } catch (error) {
        // Whatever it is, pods and lock must not outlive it.
        failures.push(error);
      }
    }
    if (failures.length > 0) {
      throw new AggregateError(failures, 'The cluster did not end in order');
    }
  };
  // Whoever ends it as well waits for the same end, and does not exit before it.
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= closeAll();
    return closed;
  };
  try {
    const ports = await rememberedPorts(directory, {
      api: options.apiPort ?? 0,
      registry: options.registryPort ?? 0,
    });
    const url = `https://127.0.0.1:${ports.api}`;

    const [authority, objects] = await Promise.all([
      createAuthority({ directory, clock }),
      openClusterObjects({ directory, clock, log }),
    ]);
    closing.push(() => objects.close());
    const events = createEventRecorder({ objects, clock });

    const authorizer = createAuthorizer(objects);
    closing.push(() => authorizer.close());
    const tokens = await createServiceAccountTokens({
      objects,
      signingKey: authority.signingKey,
      clock,
    });

    const registry = await createRegistry({
      directory: join(directory, 'registry'),
      port: ports.registry,
      clock,
      log,
    });
    closing.push(() => registry.close());

    const network = createNetwork({ objects, clock, events, log });
    const autoscaling = createAutoscaling({
      objects,
      network,
      clock,
      events,
      log,
    });
    const monitoring = createMonitoring({ objects, clock, events, log });
    objects.addAdmission(createEscalationGuard({ objects, authorizer }));
    for (const admission of [
      refuseUnsupportedJobs,
      ...autoscaling.admission,
      ...monitoring.admission,
    ]) {
      objects.addAdmission(admission);
    }
    autoscaling.install();
    monitoring.install();

    const kubelet = createKubelet({
      objects,
      network,
      images: registry.images,
      builtInPrograms: [
        prometheusProgram({ objects, network, authorizer, clock }),
      ],
      clock,
      events,
      directory: join(directory, 'node'),
      log,
      apiServer: { url },
      issueToken: request => tokens.issue(request),
    });

    const virtualResources = createReviews({ authorizer, tokens, clock });
    const api = await createApiServer({
      objects,
      authenticate: createAuthenticator({ tokens, authorizer }),
      authorizer,
      virtualResources,
      aggregatedApis: autoscaling.aggregatedApis,
      network,
      podLogs: kubelet.logs,
      printTable,
      issueToken: request => tokens.issue(request),
      openapi: recordedOpenApi(),
      version: recordedVersion(),
      clock,
      log,
      tls: {
        key: authority.server.key,
        cert: authority.server.certificate,
        ca: authority.caCertificate,
      },
      port: ports.api,
    });

    const controllers = [
      network,
      createClusterRoleAggregation({ objects, clock, log }),
      ...createControllers({
        objects,
        clock,
        events,
        log: { warn: log },
        rootCertificate: authority.caCertificate,
        aggregatedApis: autoscaling.aggregatedApis,
        virtualResources,
      }),
      ...monitoring.controllers,
      ...autoscaling.controllers,
      kubelet,
    ];
    for (const controller of controllers) {
      controller.start();
      closing.push(() => controller.stop());
    }
    // Ends first: nobody is answered any more while the rest goes.
    closing.push(() => api.close());

    ensureNamespaces(objects, options.namespaces ?? []);
    const kubeconfigPath = await writeKubeconfig({
      directory,
      serverUrl: url,
      authority,
      context: EMBEDDED_CLUSTER.name,
    });
    if (options.gitHost) {
      const gitHost = await startGitHost(options.gitHost, log);
      closing.push(() => gitHost.close());
    }
    log(`ready: ${url}, images at ${registry.address}`);
    return {
      url,
      kubeconfigPath,
      context: EMBEDDED_CLUSTER.name,
      registry: registry.address,
      objects,
      close,
    };
  } catch (error) {
    // Why it did not start matters more than what went wrong at its end.
    await close().catch(() => undefined);
    throw error;
  }
}

function ensureNamespaces(
  objects: ClusterObjects,
  names: readonly string[],
): void {
  const type = objects.typeOf('v1', 'Namespace');
  for (const name of names) {
    if (type && objects.find(type, { name }) === undefined) {
      objects.create(
        type,
        { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
        { manager: 'embedded-cluster' },
      );
    }
  }
}
