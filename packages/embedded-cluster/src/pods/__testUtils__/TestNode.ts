import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { createNetwork } from '../../network';
import { createEventRecorder, openClusterObjects } from '../../objects';
import { systemClock } from '../../model/Clock';
import type { ResourceType } from '../../model/ResourceType';
import type { BuiltInProgram } from '../../ports/BuiltInProgram';
import type { IssueToken } from '../../ports/TokenIssuer';
import { createKubelet } from '../createKubelet';
import { type PodObject, readPod } from '../podObject';
import { FakeImageStore } from './FakeImageStore';

export const IMAGE = '127.0.0.1:5000/test/app:1';

/** A whole node with real processes, over stored objects in a folder of its own. */
export class TestNode {
  readonly directory = mkdtempSync(join(tmpdir(), 'embedded-node-'));
  readonly images = new FakeImageStore();
  readonly log: string[] = [];
  builtInPrograms: BuiltInProgram[] = [];
  issueToken: IssueToken = async () => ({
    token: 'a.b.c',
    expirationTimestamp: new Date(Date.now() + 3_600_000).toISOString(),
  });
  #running: Awaited<ReturnType<TestNode['create']>> | undefined;

  get running() {
    if (!this.#running) {
      throw new Error('The node was not started.');
    }
    return this.#running;
  }

  async start(): Promise<void> {
    this.#running = await this.create();
    this.#running.network.start();
    this.#running.kubelet.start();
    this.#prepareNamespace();
  }

  /** What the namespace's controllers make elsewhere. */
  #prepareNamespace(): void {
    const metadata = { namespace: 'default' };
    this.apply({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { ...metadata, name: 'default' },
    });
    this.apply({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { ...metadata, name: 'kube-root-ca.crt' },
      data: { 'ca.crt': 'a certificate' },
    });
  }

  /** Starts again, as if a pod had been deleted while no kubelet was there. */
  async startWithout(pod: string): Promise<void> {
    this.#running = await this.create();
    this.delete(pod, 0);
    this.#running.network.start();
    this.#running.kubelet.start();
  }

  /** As at the end of the cluster: what is stored stays. */
  async stop(): Promise<void> {
    const { kubelet, network, objects } = this.running;
    await kubelet.stop();
    await network.stop();
    objects.close();
    this.#running = undefined;
  }

  async close(): Promise<void> {
    if (this.#running) {
      await this.stop();
    }
    rmSync(this.directory, { recursive: true, force: true });
  }

  async create() {
    const clock = systemClock;
    const log = (line: string) => {
      this.log.push(line);
    };
    const objects = await openClusterObjects({
      directory: join(this.directory, 'objects'),
      clock,
      log,
    });
    const events = createEventRecorder({ objects, clock });
    const network = createNetwork({ objects, clock, events, log });
    const kubelet = createKubelet({
      objects,
      network,
      clock,
      events,
      log,
      images: this.images,
      builtInPrograms: this.builtInPrograms,
      directory: join(this.directory, 'node'),
      stopGraceMilliseconds: 2_000,
      issueToken: this.issueToken,
    });
    return { objects, events, network, kubelet };
  }

  type(apiVersion: string, kind: string): ResourceType {
    const type = this.running.objects.typeOf(apiVersion, kind);
    if (!type) {
      throw new Error(`${apiVersion} ${kind} is not served`);
    }
    return type;
  }

  apply(object: KubernetesObject): KubernetesObject {
    return this.running.objects.create(
      this.type(object.apiVersion, object.kind),
      object,
      { manager: 'test' },
    ).object;
  }

  /** A pod of one container, in the namespace `default`. */
  runPod(
    name: string,
    container: Record<string, unknown>,
    spec: Record<string, unknown> = {},
  ): KubernetesObject {
    return this.apply({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'default', labels: { app: name } },
      spec: {
        containers: [{ name: 'main', image: IMAGE, ...container }],
        terminationGracePeriodSeconds: 5,
        ...spec,
      },
    });
  }

  pod(name: string): PodObject | undefined {
    const object = this.running.objects.find(this.type('v1', 'Pod'), {
      namespace: 'default',
      name,
    });
    return object && readPod(object);
  }

  /** @throws Error with the pod as it is, when it does not become so in time */
  async until(
    name: string,
    isSo: (pod: PodObject) => boolean,
    timeoutMilliseconds = 15_000,
  ): Promise<PodObject> {
    const deadline = Date.now() + timeoutMilliseconds;
    for (;;) {
      const pod = this.pod(name);
      if (pod && isSo(pod)) {
        return pod;
      }
      if (Date.now() > deadline) {
        throw new Error(
          `pod ${name} is not as awaited: ${JSON.stringify(
            pod?.status,
          )} ${this.log.join('\n')}`,
        );
      }
      await sleep(10);
    }
  }

  async untilGone(name: string, timeoutMilliseconds = 15_000): Promise<void> {
    const deadline = Date.now() + timeoutMilliseconds;
    while (this.pod(name)) {
      if (Date.now() > deadline) {
        throw new Error(`pod ${name} is still there`);
      }
      await sleep(10);
    }
  }

  delete(name: string, gracePeriodSeconds?: number): void {
    this.running.objects.delete(
      this.type('v1', 'Pod'),
      { namespace: 'default', name },
      gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds },
    );
  }

  /** The number of a pod's process, as this machine knows it. */
  processOf(name: string): number {
    const folder = join(this.directory, 'node', 'processes');
    const uid = this.pod(name)?.metadata.uid ?? 'none';
    const found = readdirSync(folder)
      .flatMap(run => readdirSync(join(folder, run)))
      .map(Number)
      .find(pid =>
        execFileSync('ps', ['-p', String(pid), '-o', 'args='], {
          encoding: 'utf8',
        }).includes(uid),
      );
    if (found === undefined) {
      throw new Error(`pod ${name} has no process`);
    }
    return found;
  }

  /** What the events of a pod say, `<type> <reason>: <message>`. */
  events(pod: string): string[] {
    return this.running.objects
      .list(this.type('v1', 'Event'), {
        namespace: 'default',
        fieldSelector: `involvedObject.name=${pod}`,
      })
      .items.map(
        ({ type, reason, message }) => `${type} ${reason}: ${message}`,
      );
  }

  async logs(
    pod: string,
    request: {
      container?: string;
      previous?: boolean;
      tailLines?: number;
    } = {},
  ): Promise<string> {
    const chunks: string[] = [];
    for await (const chunk of this.running.kubelet.logs.read(
      { namespace: 'default', pod, ...request },
      new AbortController().signal,
    )) {
      chunks.push(chunk);
    }
    return chunks.join('');
  }
}

export function condition(pod: PodObject, type: string) {
  return pod.status.conditions.find(candidate => candidate.type === type);
}

export function isReady(pod: PodObject): boolean {
  return condition(pod, 'Ready')?.status === 'True';
}

export function mainStatus({ status }: PodObject) {
  return status.containerStatuses[0];
}
