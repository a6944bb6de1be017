import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { systemClock } from '../../model/Clock';
import { openClusterObjects, type StoredClusterObjects } from '../../objects';
import type { AccessRequest, Authorizer } from '../../ports/Authorizer';
import type { RunningProgram } from '../../ports/BuiltInProgram';
import { prometheusProgram } from '../prometheusProgram';

export const NAMESPACE = 'betting';
const PROMETHEUS_POD_IP = '10.42.0.2';
const IMAGE = 'quay.io/prometheus/prometheus:v3.13.1';

/** A cluster with pods that expose metrics, and a Prometheus among them. */
export class TestCluster {
  readonly log: string[] = [];
  /** Resources that the Prometheus may not read. */
  readonly forbidden = new Set<string>();
  /** What was asked of the authorizer. */
  readonly asked: AccessRequest[] = [];
  readonly #directory = mkdtempSync(join(tmpdir(), 'embedded-prometheus-'));
  readonly #servers: Server[] = [];
  /** Really reached addresses by those of the cluster. */
  readonly #addresses = new Map<string, string>();
  readonly #stop = new AbortController();
  #objects: StoredClusterObjects | undefined;
  #running: RunningProgram | undefined;

  async open(): Promise<void> {
    this.#objects = await openClusterObjects({
      directory: this.#directory,
      clock: systemClock,
      log: line => this.log.push(line),
    });
    this.create({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: NAMESPACE },
    });
    this.create({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'default', namespace: NAMESPACE },
    });
  }

  async close(): Promise<void> {
    await this.#running?.stop();
    this.#stop.abort();
    for (const server of this.#servers) {
      server.closeAllConnections();
      server.close();
    }
    this.#objects?.close();
    rmSync(this.#directory, { recursive: true, force: true });
  }

  get objects(): StoredClusterObjects {
    if (!this.#objects) {
      throw new Error('open() comes first');
    }
    return this.#objects;
  }

  create(object: KubernetesObject): void {
    this.objects.create(this.#typeOf(object), object, { manager: 'test' });
  }

  /** Writes everything but the status again. */
  replace(object: KubernetesObject, subresource?: 'status'): void {
    const type = this.#typeOf(object);
    const { resourceVersion } = this.objects.get(
      type,
      object.metadata,
    ).metadata;
    this.objects.update(
      type,
      object.metadata,
      { ...object, metadata: { ...object.metadata, resourceVersion } },
      { manager: 'test', ...(subresource ? { subresource } : {}) },
    );
  }

  /** A ready pod of the Service `odds-api`. */
  createPod(name: string, podIP: string): void {
    const pod: KubernetesObject = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: NAMESPACE, labels: { app: 'odds-api' } },
      spec: {
        containers: [
          {
            name: 'api',
            image: 'node:22-slim',
            ports: [{ name: 'http', containerPort: 8080 }],
          },
        ],
      },
    };
    this.create(pod);
    this.replace(
      {
        ...pod,
        status: {
          phase: 'Running',
          podIP,
          conditions: [{ type: 'Ready', status: 'True' }],
        },
      },
      'status',
    );
  }

  remove(
    object: Pick<KubernetesObject, 'apiVersion' | 'kind' | 'metadata'>,
  ): void {
    this.objects.delete(this.#typeOf(object), object.metadata, {
      gracePeriodSeconds: 0,
    });
  }

  /** Answers requests to an address of the cluster. */
  async listen(address: string, listener: RequestListener): Promise<void> {
    const server = createServer(listener);
    this.#servers.push(server);
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    this.#addresses.set(address, `127.0.0.1:${port}`);
  }

  /** A Secret as the operator writes it. */
  configSecret(config: string): KubernetesObject {
    return {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'prometheus-own', namespace: NAMESPACE },
      data: {
        'prometheus.yaml.gz': gzipSync(config).toString('base64'),
      },
    };
  }

  /** @returns where the Prometheus is reached */
  async startPrometheus(): Promise<string> {
    const program = prometheusProgram({
      objects: this.objects,
      authorizer: this.#authorizer(),
      clock: systemClock,
      network: { fetch: (url, init) => this.#fetch(url, init) },
    });
    this.#running = await program.start({
      pod: prometheusPod(),
      container: { name: 'prometheus', image: IMAGE, args: [] },
      podIP: PROMETHEUS_POD_IP,
      log: line => this.log.push(line),
      signal: this.#stop.signal,
    });
    return `http://127.0.0.1:${this.#running.listening.get(9090)}`;
  }

  async stopPrometheus(): Promise<void> {
    await this.#running?.stop();
  }

  #authorizer(): Authorizer {
    return {
      authorize: request => {
        this.asked.push(request);
        return {
          allowed: !this.forbidden.has(request.resource ?? ''),
          reason: '',
        };
      },
    };
  }

  #fetch(url: string, init?: RequestInit): Promise<Response> {
    const real = new URL(url);
    const address = this.#addresses.get(real.host);
    if (address === undefined) {
      const cause = Object.assign(new Error(`connect ECONNREFUSED`), {
        code: 'ECONNREFUSED',
      });
      return Promise.reject(new TypeError('fetch failed', { cause }));
    }
    real.host = address;
    return fetch(real, init);
  }

  #typeOf({ apiVersion, kind }: Pick<KubernetesObject, 'apiVersion' | 'kind'>) {
    const type = this.objects.typeOf(apiVersion, kind);
    if (!type) {
      throw new Error(`${apiVersion} ${kind} is not served`);
    }
    return type;
  }
}

/** The pod that the operator's controller makes for a Prometheus object `own`. */
export function prometheusPod(): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'prometheus-own-0',
      namespace: NAMESPACE,
      labels: {
        prometheus: 'own',
        'operator.prometheus.io/name': 'own',
        'operator.prometheus.io/shard': '0',
      },
    },
    spec: {
      serviceAccountName: 'prometheus-own',
      containers: [
        {
          name: 'prometheus',
          image: IMAGE,
          ports: [{ name: 'web', containerPort: 9090 }],
        },
      ],
    },
  };
}

/** A Service `odds-api`. */
export function service(): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: 'odds-api',
      namespace: NAMESPACE,
      labels: { app: 'odds-api' },
    },
    spec: {
      selector: { app: 'odds-api' },
      ports: [{ name: 'http', port: 80, targetPort: 8080 }],
    },
  };
}

/** The EndpointSlice of the Service `odds-api`, with these pods, each ready at port 8080. */
export function endpointSlice(
  pods: Readonly<Record<string, string>>,
): KubernetesObject {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: 'odds-api-1',
      namespace: NAMESPACE,
      labels: { 'kubernetes.io/service-name': 'odds-api', app: 'odds-api' },
    },
    addressType: 'IPv4',
    ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
    endpoints: Object.entries(pods).map(([name, address]) => ({
      addresses: [address],
      conditions: { ready: true, serving: true, terminating: false },
      targetRef: { kind: 'Pod', name, namespace: NAMESPACE },
    })),
  };
}
