import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { NODE_NAME } from '../model/names';
import type { ResourceType } from '../model/ResourceType';
import type { ObjectKey } from '../ports/ClusterObjects';
import type { KubeletContext } from './KubeletContext';
import { readPod } from './podObject';
import { PodWorker } from './PodWorker';
import type { Scheduler } from './scheduling/Scheduler';
import { waitsForNode } from './scheduling/schedulePod';

/** The pods of the one node, each with its worker, by `<namespace>/<name>`. */
export class NodePods {
  readonly #context: KubeletContext;
  readonly #type: ResourceType;
  readonly #scheduler: Scheduler;
  readonly #workers = new Map<string, PodWorker>();
  readonly #removals = new Set<Promise<void>>();
  readonly #unscheduled = new Set<string>();

  constructor(
    context: KubeletContext,
    type: ResourceType,
    scheduler: Scheduler,
  ) {
    this.#context = context;
    this.#type = type;
    this.#scheduler = scheduler;
  }

  /** Makes of a pod what is stored of it now. */
  reconcile(key: string): void {
    const object = this.#find(key);
    const known = this.#workers.get(key);
    if (known && known.uid !== object?.metadata.uid) {
      this.#workers.delete(key);
      this.#track(known.remove());
    }
    this.#unscheduled.delete(key);
    if (!object) {
      return;
    }
    const pod = readPod(object);
    if (waitsForNode(pod)) {
      if (!this.#scheduler.schedule(this.#type, object)) {
        this.#unscheduled.add(key);
      }
      return;
    }
    if (pod.spec.nodeName !== NODE_NAME) {
      return;
    }
    const worker = this.#workers.get(key);
    if (worker) {
      worker.update(object);
    } else if (!isFinished(pod.status.phase)) {
      this.#begin(key, object);
    } else if (pod.metadata.deletionTimestamp) {
      this.#removeFinished(pod.metadata);
    }
  }

  isWorkedOn(key: string): boolean {
    return this.#workers.has(key);
  }

  /** Those that no node takes so far. */
  unscheduled(): string[] {
    return [...this.#unscheduled];
  }

  configChanged(kind: 'ConfigMap' | 'Secret', object: KubernetesObject): void {
    const { namespace, name } = object.metadata;
    for (const worker of this.#workers.values()) {
      if (worker.namespace() === namespace) {
        worker.configChanged(kind, name);
      }
    }
  }

  /** This process ends; the pods come back with the next one. */
  async abandon(mostMilliseconds: number): Promise<void> {
    const workers = [...this.#workers.values()];
    if (workers.length > 0) {
      this.#context.log(
        `ends its pods: each has its grace period for that, and at most ${
          mostMilliseconds / 1_000
        } s`,
      );
    }
    await Promise.all([
      ...workers.map(worker => worker.abandon(mostMilliseconds)),
      ...this.#removals,
    ]);
  }

  #begin(key: string, object: KubernetesObject): void {
    const worker = new PodWorker(this.#context, this.#type, object);
    this.#workers.set(key, worker);
    worker.start();
    const now = this.#find(key);
    if (now?.metadata.deletionTimestamp !== undefined) {
      worker.update(now);
    }
  }

  /** Nothing of it runs; only its object is left. */
  #removeFinished(metadata: ObjectKey & { uid: string }): void {
    this.#context.objects.delete(this.#type, metadata, {
      gracePeriodSeconds: 0,
      preconditions: { uid: metadata.uid },
    });
  }

  #track(work: Promise<void>): void {
    this.#removals.add(work);
    work
      .catch((error: unknown) =>
        this.#context.log(`a pod was not removed: ${String(error)}`),
      )
      .finally(() => this.#removals.delete(work));
  }

  #find(key: string): KubernetesObject | undefined {
    const [namespace, name] = key.split('/');
    return this.#context.objects.find(this.#type, { namespace, name });
  }
}

function isFinished(phase: string | undefined): boolean {
  return phase === 'Succeeded' || phase === 'Failed';
}
