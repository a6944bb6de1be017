import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { systemClock } from '../../model/Clock';
import { createEventRecorder, openClusterObjects } from '../../objects';
import { createNetwork } from '../createNetwork';

/** A network over stored objects, with HTTP servers in the place of pods. */
export class TestNetwork {
  readonly #directory = mkdtempSync(join(tmpdir(), 'embedded-network-'));
  readonly #servers: Server[] = [];
  #running: Awaited<ReturnType<TestNetwork['create']>> | undefined;

  get running() {
    if (!this.#running) {
      throw new Error('The network was not started.');
    }
    return this.#running;
  }

  async start(): Promise<void> {
    this.#running = await this.create();
    this.#running.network.start();
    this.put({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'betting' },
    });
  }

  async close(): Promise<void> {
    const { network, objects } = this.running;
    await network.stop();
    objects.close();
    for (const server of this.#servers) {
      server.closeAllConnections();
      server.close();
    }
    rmSync(this.#directory, { recursive: true, force: true });
  }

  async create() {
    const objects = await openClusterObjects({
      directory: this.#directory,
      clock: systemClock,
    });
    const events = createEventRecorder({ objects, clock: systemClock });
    const network = createNetwork({
      objects,
      events,
      clock: systemClock,
      log: () => undefined,
    });
    return { objects, network };
  }

  type(object: Pick<KubernetesObject, 'apiVersion' | 'kind'>) {
    const type = this.running.objects.typeOf(object.apiVersion, object.kind);
    if (!type) {
      throw new Error(`${object.kind} is not served`);
    }
    return type;
  }

  put(object: KubernetesObject): KubernetesObject {
    const type = this.type(object);
    const { namespace, name } = object.metadata;
    const key = namespace === undefined ? { name } : { namespace, name };
    const options = { manager: 'test' };
    return this.running.objects.find(type, key)
      ? this.running.objects.update(type, key, object, options).object
      : this.running.objects.create(type, object, options).object;
  }

  remove(object: KubernetesObject): void {
    const { namespace, name } = object.metadata;
    this.running.objects.delete(this.type(object), { namespace, name }, {});
  }

  events(): KubernetesObject[] {
    return this.running.objects.list(
      this.type({ apiVersion: 'v1', kind: 'Event' }),
    ).items;
  }

  /** A pod's address that a server answers at on 8080. */
  async pod(answer: RequestListener): Promise<string> {
    const server = createServer(answer);
    this.#servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const ip = this.running.network.takePodAddress();
    this.running.network.listen(ip, 8080, {
      host: '127.0.0.1',
      port: portOf(server),
    });
    return ip;
  }
}

export function portOf(server: Pick<Server, 'address'>): number {
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('The server does not listen on a port.');
  }
  return address.port;
}
