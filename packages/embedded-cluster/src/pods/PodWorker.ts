import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { ResourceType } from '../model/ResourceType';
import { PodContainers } from './containers/PodContainers';
import type { PodHandle } from './containers/PodHandle';
import type { KubeletContext } from './KubeletContext';
import type { Container } from './podObject';
import { PodAddress } from './PodAddress';
import { references } from './references';
import { StoredPod } from './StoredPod';
import { untilDeadline } from './untilDeadline';
import { VolumeUpkeep } from './volumes/VolumeUpkeep';
import { WakeableSleep } from './WakeableSleep';

/** One pod on the node, from its first container to its last. */
export class PodWorker {
  readonly uid: string;
  readonly #context: KubeletContext;
  readonly #stored: StoredPod;
  readonly #folder: string;
  readonly #volumes: VolumeUpkeep;
  readonly #containers: PodContainers;
  readonly #address: PodAddress;
  readonly #ends = new AbortController();
  /** Of containers that wait for a ConfigMap or Secret. */
  readonly #configSleep: WakeableSleep;
  #work: Promise<void> | undefined;
  #ending: Promise<void> | undefined;
  #ended = false;
  #failure: { reason: string; message: string } | undefined;

  constructor(
    context: KubeletContext,
    type: ResourceType,
    object: KubernetesObject,
  ) {
    this.#context = context;
    this.#stored = new StoredPod(context, type, object);
    this.uid = this.#stored.uid;
    this.#folder = join(context.podsDirectory, this.uid);
    this.#address = new PodAddress(context.network);
    this.#configSleep = new WakeableSleep(context.clock);
    this.#volumes = new VolumeUpkeep({
      context,
      directory: join(this.#folder, 'volumes'),
      pod: () => this.#stored.pod,
      containers: () =>
        this.#containers.specs().filter(one => !this.#isBuiltIn(one)),
      event: event => this.#stored.event(event),
      signal: this.#ends.signal,
    });
    this.#containers = new PodContainers(
      context,
      this.#handle(),
      this.#stored.pod,
    );
  }

  start(): void {
    this.#work = this.#run().catch((error: unknown) => {
      if (!this.#ends.signal.aborted) {
        this.#context.log(
          `pod ${this.#stored.fullName} stopped being worked on: ${
            error instanceof Error ? error.stack : String(error)
          }`,
        );
      }
    });
  }

  /** The pod was changed by somebody. */
  update(object: KubernetesObject): void {
    this.#stored.update(object);
    const { deletionTimestamp, deletionGracePeriodSeconds } =
      this.#stored.pod.metadata;
    if (deletionTimestamp) {
      this.#end(deletionGracePeriodSeconds ?? 0);
    }
    // Others' conditions and labels count in what is written.
    this.#changed();
  }

  /** A ConfigMap or Secret is another one now. */
  configChanged(kind: 'ConfigMap' | 'Secret', name: string): void {
    if (references(this.#stored.pod).has(`${kind}/${name}`)) {
      this.#configSleep.wake();
      this.#volumes.changed();
    }
  }

  namespace(): string {
    return this.#stored.pod.metadata.namespace;
  }

  /** The pod is not stored any more: everything of it ends. */
  async remove(): Promise<void> {
    this.#stored.silence();
    this.#ends.abort();
    await this.#containers.end(1);
    await this.#work;
    await this.#ending;
    this.#cleanUp();
    this.#context.logs.removePod(this.uid);
  }

  /**
   * This process ends; the pod stays and comes back with the next one.
   *
   * @param mostMilliseconds - after SIGTERM, where its own grace period is longer
   */
  async abandon(mostMilliseconds: number): Promise<void> {
    const { log } = this.#context;
    const { terminationGracePeriodSeconds } = this.#stored.pod.spec;
    const graceMilliseconds = Math.min(
      terminationGracePeriodSeconds * 1_000,
      mostMilliseconds,
    );
    this.#stored.silence();
    this.#ends.abort();
    this.#volumes.stop();
    const isKilled = await this.#containers.abandon(graceMilliseconds);
    if (isKilled) {
      log(
        `pod ${this.namespace()}/${
          this.#stored.pod.metadata.name
        } was still there ${
          graceMilliseconds / 1_000
        } s after SIGTERM and was killed`,
      );
    }
    await this.#work;
    await this.#ending;
    this.#address.release();
  }

  async #run(): Promise<void> {
    this.#write();
    try {
      await this.#volumes.mount(this.#address.take());
    } catch (error) {
      this.#address.release();
      throw error;
    }
    this.#address.show();
    this.#changed();
    this.#watchDeadline();
    await this.#containers.run(this.#ends.signal);
    // All containers are done: so is the pod, though it stays to be seen.
    const { terminationGracePeriodSeconds } = this.#stored.pod.spec;
    await this.#containers.endSidecars(terminationGracePeriodSeconds);
    this.#conclude();
  }

  #end(graceSeconds: number): void {
    this.#ends.abort();
    const containersEnd = this.#containers.end(graceSeconds);
    this.#ending ??= (async () => {
      await containersEnd;
      await this.#work;
      this.#conclude();
      this.#stored.delete();
    })().catch((error: unknown) => this.#notEnded(error));
  }

  #watchDeadline(): void {
    const { pod, startTime } = this.#stored;
    const { clock } = this.#context;
    untilDeadline(pod, startTime, clock, this.#ends.signal).then(
      () =>
        this.#exceedDeadline().catch((error: unknown) => this.#notEnded(error)),
      () => undefined,
    );
  }

  async #exceedDeadline(): Promise<void> {
    if (this.#ended) {
      return;
    }
    this.#failure = {
      reason: 'DeadlineExceeded',
      message: 'Pod was active on the node longer than the specified deadline',
    };
    this.#ends.abort();
    const { terminationGracePeriodSeconds } = this.#stored.pod.spec;
    await this.#containers.end(terminationGracePeriodSeconds);
    this.#conclude();
  }

  #notEnded(error: unknown): void {
    this.#context.log(
      `pod ${this.#stored.fullName} could not be ended: ${String(error)}`,
    );
  }

  /** No container runs or will run. */
  #conclude(): void {
    this.#ended = true;
    this.#write();
    this.#cleanUp();
  }

  #write(): void {
    this.#stored.write(this.#facts());
  }

  #changed(): void {
    this.#stored.writeSoon(() => this.#facts());
  }

  #facts() {
    const podIP = this.#address.seen;
    return {
      ...this.#containers.views(),
      ...(podIP === undefined ? {} : { podIP }),
      ended: this.#ended,
      ...(this.#failure ? { failure: this.#failure } : {}),
    };
  }

  #cleanUp(): void {
    this.#ends.abort();
    this.#volumes.stop();
    this.#address.release();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** A program in this process reads objects, not files. */
  #isBuiltIn(container: Container): boolean {
    return this.#context.builtInPrograms.some(program =>
      program.runs(container, this.#stored.object),
    );
  }

  #handle(): PodHandle {
    const address = () => {
      const podIP = this.#address.seen;
      if (podIP === undefined) {
        throw new Error(`pod ${this.#stored.fullName} has no address yet`);
      }
      return podIP;
    };
    const { metadata, spec } = this.#stored.pod;
    return {
      object: () => this.#stored.object,
      pod: () => this.#stored.pod,
      get podIP() {
        return address();
      },
      hostname: spec.hostname ?? metadata.name,
      folder: this.#folder,
      mountsOf: container => this.#volumes.mountsOf(container),
      event: event => this.#stored.event(event),
      changed: () => this.#changed(),
      waitForConfig: (milliseconds, signal) =>
        this.#configSleep.sleep(milliseconds, signal),
    };
  }
}
