import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { timestamp } from '../model/Clock';
import { StatusError } from '../model/StatusError';
import type { ResourceType } from '../model/ResourceType';
import { clockSleep } from './clockSleep';
import { ContainerSupervisor } from './containers/ContainerSupervisor';
import type { PodHandle } from './containers/PodHandle';
import { type KubeletContext, recordPodEvent } from './KubeletContext';
import { type Container, type PodObject, readPod } from './podObject';
import { references } from './references';
import { restoredView } from './status/restoredView';
import { podStatus } from './status/podStatus';
import { MountError, PodVolumes } from './volumes/PodVolumes';
import { WakeableSleep } from './WakeableSleep';

const FIRST_MOUNT_RETRY_MILLISECONDS = 500;
const MAX_MOUNT_RETRY_MILLISECONDS = 122_000;
const FIELD_MANAGER = 'kubelet';

/** One pod on the node, from its first container to its last. */
export class PodWorker {
  readonly uid: string;
  readonly #context: KubeletContext;
  readonly #type: ResourceType;
  readonly #volumes: PodVolumes;
  readonly #folder: string;
  readonly #init: { supervisor: ContainerSupervisor; sidecar: boolean }[];
  readonly #main: ContainerSupervisor[];
  readonly #ends = new AbortController();
  /** Of those who wait for a ConfigMap or Secret. */
  readonly #configSleep: WakeableSleep;
  readonly #startTime: string;
  #object: KubernetesObject;
  #pod: PodObject;
  #podIP: string | undefined;
  #addressReleased = false;
  #work: Promise<void> | undefined;
  #ending: Promise<void> | undefined;
  #ended = false;
  #failure: { reason: string; message: string } | undefined;
  #announced = false;
  /** The pod is gone, or this process is about to be: nothing is written any more. */
  #silent = false;
  #cancelRenewal: (() => void) | undefined;

  constructor(
    context: KubeletContext,
    type: ResourceType,
    object: KubernetesObject,
  ) {
    this.#context = context;
    this.#configSleep = new WakeableSleep(context.clock);
    this.#type = type;
    this.#object = object;
    this.#pod = readPod(object);
    const { metadata, spec, status } = this.#pod;
    this.uid = metadata.uid;
    this.#folder = join(context.podsDirectory, metadata.uid);
    this.#volumes = new PodVolumes(join(this.#folder, 'volumes'));
    this.#startTime = status.startTime ?? timestamp(context.clock.now());
    const handle = this.#handle();
    const supervise = (
      container: Container,
      fieldPath: string,
      restartPolicy: string,
    ) =>
      new ContainerSupervisor({
        context,
        handle,
        container,
        fieldPath,
        restartPolicy,
        view: restoredView(
          container,
          [...status.containerStatuses, ...status.initContainerStatuses].find(
            ({ name }) => name === container.name,
          ),
          {
            waitingReason:
              spec.initContainers.length > 0
                ? 'PodInitializing'
                : 'ContainerCreating',
            nowMilliseconds: context.clock.now(),
          },
        ),
      });
    this.#init = spec.initContainers.map(container => {
      const sidecar = container.restartPolicy === 'Always';
      // An init container that has done its work is not begun again.
      const policy = spec.restartPolicy === 'Never' ? 'Never' : 'OnFailure';
      return {
        sidecar,
        supervisor: supervise(
          container,
          'spec.initContainers',
          sidecar ? 'Always' : policy,
        ),
      };
    });
    this.#main = spec.containers.map(container =>
      supervise(container, 'spec.containers', spec.restartPolicy),
    );
  }

  start(): void {
    this.#work = this.#run().catch((error: unknown) => {
      if (!this.#ends.signal.aborted) {
        this.#context.log(
          `pod ${this.#name()} stopped being worked on: ${
            error instanceof Error ? error.stack : String(error)
          }`,
        );
      }
    });
  }

  /** The pod was changed by somebody. */
  update(object: KubernetesObject): void {
    this.#object = object;
    this.#pod = readPod(object);
    const { deletionTimestamp, deletionGracePeriodSeconds } =
      this.#pod.metadata;
    if (deletionTimestamp) {
      this.#end(deletionGracePeriodSeconds ?? 0);
    }
    // Others' conditions and labels count in what is written.
    this.#changed();
  }

  /** A ConfigMap or Secret is another one now. */
  configChanged(kind: 'ConfigMap' | 'Secret', name: string): void {
    if (references(this.#pod).has(`${kind}/${name}`)) {
      this.#configSleep.wake();
      if (this.#podIP !== undefined && !this.#ends.signal.aborted) {
        this.#refreshVolumes();
      }
    }
  }

  namespace(): string {
    return this.#pod.metadata.namespace;
  }

  /** The pod is not stored any more: everything of it ends. */
  async remove(): Promise<void> {
    this.#silent = true;
    this.#ends.abort();
    await Promise.all(this.#supervisors().map(one => one.end(1)));
    await this.#work;
    await this.#ending;
    this.#cleanUp();
    this.#context.logs.removePod(this.uid);
  }

  /** This process ends; the pod stays and comes back with the next one. */
  async abandon(graceMilliseconds: number): Promise<void> {
    this.#silent = true;
    this.#ends.abort();
    this.#cancelRenewal?.();
    await Promise.all(
      this.#supervisors().map(one => one.abandon(graceMilliseconds)),
    );
    await this.#work;
    await this.#ending;
    this.#releaseAddress();
  }

  async #run(): Promise<void> {
    const { network } = this.#context;
    const { signal } = this.#ends;
    this.#write();
    const podIP = network.takePodAddress();
    try {
      await this.#mountVolumes(podIP);
    } catch (error) {
      network.releasePodAddress(podIP);
      throw error;
    }
    this.#podIP = podIP;
    this.#changed();
    this.#watchDeadline();
    for (const { supervisor, sidecar } of this.#init) {
      signal.throwIfAborted();
      const done = supervisor.run();
      await (sidecar
        ? Promise.race([done, this.#untilStarted(supervisor)])
        : done);
      if (!sidecar && supervisor.view.state.terminated?.exitCode !== 0) {
        // Its policy gave it up, and the pod with it.
        await this.#finish();
        return;
      }
    }
    signal.throwIfAborted();
    await Promise.all(this.#main.map(one => one.run()));
    signal.throwIfAborted();
    await this.#finish();
  }

  /** All containers are done: so is the pod, though it stays to be seen. */
  async #finish(): Promise<void> {
    await this.#endSidecars(this.#pod.spec.terminationGracePeriodSeconds);
    this.#ended = true;
    this.#write();
    this.#cleanUp();
  }

  #end(graceSeconds: number): void {
    this.#ends.abort();
    const all = this.#supervisors().map(one => one.end(graceSeconds));
    this.#ending ??= (async () => {
      await Promise.all(all);
      await this.#work;
      this.#ended = true;
      this.#write();
      this.#cleanUp();
      this.#delete();
    })().catch((error: unknown) => {
      this.#context.log(
        `pod ${this.#name()} could not be ended: ${String(error)}`,
      );
    });
  }

  async #endSidecars(graceSeconds: number): Promise<void> {
    for (const { supervisor, sidecar } of [...this.#init].reverse()) {
      if (sidecar) {
        await supervisor.end(graceSeconds);
      }
    }
  }

  #supervisors(): ContainerSupervisor[] {
    return [...this.#init.map(({ supervisor }) => supervisor), ...this.#main];
  }

  async #untilStarted(supervisor: ContainerSupervisor): Promise<void> {
    while (!supervisor.view.started) {
      await clockSleep(this.#context.clock, 50, this.#ends.signal);
    }
  }

  #watchDeadline(): void {
    const seconds = this.#pod.spec.activeDeadlineSeconds;
    if (seconds === undefined) {
      return;
    }
    const { clock } = this.#context;
    const left = Date.parse(this.#startTime) + seconds * 1_000 - clock.now();
    clockSleep(clock, Math.max(left, 0), this.#ends.signal).then(
      async () => {
        if (this.#ended) {
          return;
        }
        this.#failure = {
          reason: 'DeadlineExceeded',
          message:
            'Pod was active on the node longer than the specified deadline',
        };
        this.#ends.abort();
        const { terminationGracePeriodSeconds } = this.#pod.spec;
        await Promise.all(
          this.#supervisors().map(one =>
            one.end(terminationGracePeriodSeconds),
          ),
        );
        this.#ended = true;
        this.#write();
        this.#cleanUp();
      },
      () => undefined,
    );
  }

  async #mountVolumes(podIP: string): Promise<void> {
    for (
      let delay = FIRST_MOUNT_RETRY_MILLISECONDS;
      ;
      delay = Math.min(delay * 2, MAX_MOUNT_RETRY_MILLISECONDS)
    ) {
      try {
        await this.#mountOnce(podIP);
        return;
      } catch (error) {
        if (!(error instanceof MountError)) {
          throw error;
        }
        this.#event({
          type: 'Warning',
          reason: 'FailedMount',
          message: error.message,
        });
        await this.#configSleep.sleep(delay, this.#ends.signal);
      }
    }
  }

  async #mountOnce(podIP: string): Promise<void> {
    const { objects, clock, issueToken, builtInPrograms } = this.#context;
    const renewAt = await this.#volumes.mount({
      objects,
      clock,
      pod: this.#pod,
      podIP,
      // A program in this process reads objects, not files.
      containers: this.#supervisors()
        .map(({ container }) => container)
        .filter(
          container =>
            !builtInPrograms.some(program =>
              program.runs(container, this.#object),
            ),
        ),
      ...(issueToken ? { issueToken } : {}),
    });
    this.#cancelRenewal?.();
    if (renewAt !== undefined && !this.#ends.signal.aborted) {
      this.#cancelRenewal = clock.after(renewAt - clock.now(), () =>
        this.#refreshVolumes(),
      );
    }
  }

  #refreshVolumes(): void {
    const podIP = this.#podIP;
    if (podIP === undefined) {
      return;
    }
    this.#mountOnce(podIP).catch((error: unknown) =>
      this.#event({
        type: 'Warning',
        reason: 'FailedMount',
        message: error instanceof Error ? error.message : String(error),
      }),
    );
  }

  /** Several changes of one turn are one write. */
  #changed(): void {
    if (!this.#announced && !this.#silent) {
      this.#announced = true;
      setImmediate(() => {
        this.#announced = false;
        this.#write();
      });
    }
  }

  #write(): void {
    const { objects, clock, log } = this.#context;
    const key = this.#key();
    const stored = objects.find(this.#type, key);
    if (this.#silent || stored?.metadata.uid !== this.uid) {
      return;
    }
    const pod = readPod(stored);
    const status = podStatus({
      pod,
      init: this.#init.map(({ supervisor, sidecar }) => ({
        view: supervisor.view,
        sidecar,
      })),
      containers: this.#main.map(({ view }) => view),
      ...(this.#podIP === undefined ? {} : { podIP: this.#podIP }),
      ended: this.#ended,
      ...(this.#failure ? { failure: this.#failure } : {}),
      startTime: this.#startTime,
      now: timestamp(clock.now()),
    });
    if (isDeepStrictEqual(stored.status, status)) {
      return;
    }
    try {
      const { object } = objects.update(
        this.#type,
        key,
        { ...stored, status },
        { manager: FIELD_MANAGER, subresource: 'status' },
      );
      this.#object = object;
    } catch (error) {
      if (!(error instanceof StatusError && error.code === 404)) {
        log(`status of pod ${this.#name()} not written: ${String(error)}`);
      }
    }
  }

  #delete(): void {
    if (this.#silent) {
      return;
    }
    try {
      this.#context.objects.delete(this.#type, this.#key(), {
        gracePeriodSeconds: 0,
        preconditions: { uid: this.uid },
      });
    } catch (error) {
      const gone =
        error instanceof StatusError &&
        (error.code === 404 || error.code === 409);
      if (!gone) {
        throw error;
      }
    }
  }

  #cleanUp(): void {
    this.#ends.abort();
    this.#cancelRenewal?.();
    this.#releaseAddress();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** The status goes on naming it, as the real one does. */
  #releaseAddress(): void {
    if (this.#podIP !== undefined && !this.#addressReleased) {
      // Once: somebody else may have it a moment later.
      this.#addressReleased = true;
      this.#context.network.releasePodAddress(this.#podIP);
    }
  }

  #event(event: Parameters<PodHandle['event']>[0]): void {
    if (!this.#silent) {
      recordPodEvent(this.#context, this.#object, event);
    }
  }

  #key() {
    const { namespace, name } = this.#pod.metadata;
    return { namespace, name };
  }

  #name(): string {
    const { namespace, name } = this.#key();
    return `${namespace}/${name}`;
  }

  #handle(): PodHandle {
    const address = () => {
      if (this.#podIP === undefined) {
        throw new Error(`pod ${this.#name()} has no address yet`);
      }
      return this.#podIP;
    };
    const { metadata, spec } = this.#pod;
    return {
      object: () => this.#object,
      pod: () => this.#pod,
      get podIP() {
        return address();
      },
      hostname: spec.hostname ?? metadata.name,
      folder: this.#folder,
      mountsOf: container => this.#volumes.mountsOf(container, this.#pod),
      event: event => this.#event(event),
      changed: () => this.#changed(),
      waitForConfig: (milliseconds, signal) =>
        this.#configSleep.sleep(milliseconds, signal),
    };
  }
}
