import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import {
  createEventRecorder,
  openClusterObjects,
  type StoredClusterObjects,
} from '../../objects';
import type { Controller } from '../../ports/Controller';
import type { DeleteRequest } from '../../ports/ClusterObjects';
import { createControllers } from '../createControllers';
import { requireType } from '../../runtime/requireType';
import { FakeKubelet } from './FakeKubelet';
import { ManualClock } from '../../__testUtils__/ManualClock';

export const NAMESPACE = 'betting';
/** So many turns without a write mean that nobody works any more. */
const QUIET_TURNS = 25;

/** Real objects in a folder of their own, the controllers, and a fake kubelet. */
export class TestCluster {
  readonly clock = new ManualClock();
  readonly warnings: string[] = [];
  readonly objects: StoredClusterObjects;
  readonly kubelet: FakeKubelet;
  readonly #directory: string;
  readonly #controllers: Controller[];

  private constructor(
    directory: string,
    open: (clock: ManualClock) => StoredClusterObjects,
    clock: ManualClock,
  ) {
    this.clock = clock;
    this.#directory = directory;
    this.objects = open(clock);
    this.kubelet = new FakeKubelet(this.objects, clock);
    this.#controllers = createControllers({
      objects: this.objects,
      clock,
      events: createEventRecorder({ objects: this.objects, clock }),
      log: { warn: message => this.warnings.push(message) },
      rootCertificate: 'a certificate',
      virtualResources: [
        { type: { group: 'authorization.k8s.io', version: 'v1' } },
      ],
      aggregatedApis: [{ group: 'metrics.example.org', version: 'v1' }],
    });
  }

  static async start(): Promise<TestCluster> {
    const directory = mkdtempSync(join(tmpdir(), 'controllers-'));
    const clock = new ManualClock();
    const objects = await openClusterObjects({ directory, clock });
    const cluster = new TestCluster(directory, () => objects, clock);
    cluster.kubelet.start();
    cluster.#controllers.forEach(controller => controller.start());
    cluster.create({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: NAMESPACE },
    });
    await cluster.settle();
    return cluster;
  }

  async stop(): Promise<void> {
    this.kubelet.stop();
    await Promise.all(this.#controllers.map(controller => controller.stop()));
    this.objects.close();
    rmSync(this.#directory, { recursive: true, force: true });
  }

  /** Resolves when nobody writes any more. */
  async settle(): Promise<void> {
    let before = this.objects.resourceVersion();
    for (let quiet = 0; quiet < QUIET_TURNS; quiet++) {
      await new Promise(resolve => setImmediate(resolve));
      const after = this.objects.resourceVersion();
      if (after !== before) {
        before = after;
        quiet = 0;
      }
    }
  }

  /** Lets time pass, timer by timer, with all that they bring about. */
  async pass(seconds: number): Promise<void> {
    const end = this.clock.now() + seconds * 1000;
    for (;;) {
      const next = this.clock.nextTimer();
      if (next === undefined || next > end) {
        break;
      }
      this.clock.moveTo(next);
      await this.settle();
    }
    this.clock.moveTo(end);
    await this.settle();
  }

  create(object: KubernetesObject): KubernetesObject {
    return this.objects.create(this.#typeOf(object), object, {
      manager: 'test',
    }).object;
  }

  get(apiVersion: string, kind: string, name: string): KubernetesObject {
    return this.objects.get(this.#typeOf({ apiVersion, kind }), {
      namespace: NAMESPACE,
      name,
    });
  }

  find(
    apiVersion: string,
    kind: string,
    name: string,
  ): KubernetesObject | undefined {
    return this.objects.find(this.#typeOf({ apiVersion, kind }), {
      namespace: NAMESPACE,
      name,
    });
  }

  list(apiVersion: string, kind: string): KubernetesObject[] {
    return this.objects.list(this.#typeOf({ apiVersion, kind }), {
      namespace: NAMESPACE,
    }).items;
  }

  /** A merge patch. */
  patch(
    { apiVersion, kind, metadata }: KubernetesObject,
    body: object,
    subresource?: 'status' | 'scale',
  ): KubernetesObject {
    return this.objects.patch(
      this.#typeOf({ apiVersion, kind }),
      metadata,
      { type: 'merge', body },
      {
        manager: 'test',
        ...(subresource === undefined ? {} : { subresource }),
      },
    ).object;
  }

  delete(object: KubernetesObject, request: DeleteRequest = {}): void {
    this.objects.delete(this.#typeOf(object), object.metadata, request);
  }

  /** `reason: message` of an object's events, in the order of their making. */
  events(kind: string, name: string): string[] {
    return this.list('v1', 'Event')
      .filter(event => {
        const involved = event.involvedObject as { kind: string; name: string };
        return involved.kind === kind && involved.name === name;
      })
      .sort(
        (a, b) =>
          Number(a.metadata.resourceVersion) -
          Number(b.metadata.resourceVersion),
      )
      .map(event => `${event.reason}: ${event.message}`);
  }

  #typeOf({ apiVersion, kind }: { apiVersion: string; kind: string }) {
    return requireType(this.objects, apiVersion, kind);
  }
}
