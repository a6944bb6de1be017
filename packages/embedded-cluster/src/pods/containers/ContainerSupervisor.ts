import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { timestamp } from '../../model/Clock';
import type { UnpackedImage } from '../images/ImageCache';
import type { KubeletContext, PodEvent } from '../KubeletContext';
import type { ContainerLog } from '../logs/ContainerLog';
import type { Container, Terminated } from '../podObject';
import { ContainerProbes } from '../probes/ContainerProbes';
import type { ProbeTarget } from '../probes/probeOnce';
import { goDuration } from '../restart/goDuration';
import { RestartBackoff } from '../restart/RestartBackoff';
import { shouldRestart } from '../restart/shouldRestart';
import type { ContainerView } from '../status/ContainerView';
import { clockSleep } from '../clockSleep';
import { CannotRunError } from './CannotRunError';
import { containerEnvironment } from './containerEnvironment';
import { ContainerStop } from './ContainerStop';
import { expandVariables } from './expandVariables';
import type { PodHandle } from './PodHandle';
import type { ContainerExit, RunningContainer } from './RunningContainer';
import { runHook } from './runHook';
import { serviceEnvironment } from './serviceEnvironment';
import { startBuiltIn } from './startBuiltIn';
import { startNodeContainer } from './startNodeContainer';
import { waitForImage } from './waitForImage';

/** How often a container whose configuration is missing is tried. */
const CONFIG_RETRY_MILLISECONDS = 10_000;
/** Exit code of a program that could not be started at all. */
const START_ERROR = 128;

export interface ContainerSupervisorOptions {
  context: KubeletContext;
  handle: PodHandle;
  container: Container;
  /** `spec.containers` or `spec.initContainers`. */
  fieldPath: string;
  /** When it is started again. */
  restartPolicy: string;
  /** What is known of it from before. */
  view: ContainerView;
}

/** One container, from its image to its last run: starts it, watches it, starts it again. */
export class ContainerSupervisor {
  readonly container: Container;
  readonly #context: KubeletContext;
  readonly #handle: PodHandle;
  readonly #fieldPath: string;
  readonly #restartPolicy: string;
  readonly #backoff = new RestartBackoff();
  readonly #ends = new AbortController();
  #view: ContainerView;
  #running: RunningContainer | undefined;
  #probes: ContainerProbes | undefined;
  #stop: ContainerStop | undefined;
  #stopped: Promise<void> | undefined;
  #done: Promise<void> | undefined;

  constructor(options: ContainerSupervisorOptions) {
    this.container = options.container;
    this.#context = options.context;
    this.#handle = options.handle;
    this.#fieldPath = `${options.fieldPath}{${options.container.name}}`;
    this.#restartPolicy = options.restartPolicy;
    this.#view = options.view;
  }

  get view(): ContainerView {
    return this.#view;
  }

  /** Resolves when it runs no more and will not be started again. */
  run(): Promise<void> {
    this.#done ??= this.#work().catch((error: unknown) => {
      if (!this.#ends.signal.aborted) {
        throw error;
      }
    });
    return this.#done;
  }

  /** It is not started again; what runs is ended. Called again, it only becomes more impatient. */
  async end(graceSeconds: number): Promise<void> {
    this.#ends.abort();
    if (this.#running) {
      this.#stopRun(
        this.#running,
        graceSeconds,
        `Stopping container ${this.container.name}`,
      );
    }
    await this.#done;
  }

  /** Ends it at once and quietly, as when the machine goes down. */
  async abandon(graceMilliseconds: number): Promise<void> {
    this.#ends.abort();
    const running = this.#running;
    if (running) {
      running.kill('SIGTERM');
      const cancel = this.#context.clock.after(graceMilliseconds, () =>
        running.kill('SIGKILL'),
      );
      await running.exited;
      cancel();
    }
    await this.#done;
  }

  async #work(): Promise<void> {
    const { state } = this.#view;
    if (
      state.terminated &&
      !shouldRestart(this.#restartPolicy, state.terminated.exitCode)
    ) {
      return;
    }
    for (let first = true; ; first = false) {
      this.#ends.signal.throwIfAborted();
      if (!first || this.#view.containerID !== undefined) {
        this.#nextRun();
      }
      const ranMilliseconds = await this.#once();
      const ended = this.#view.state.terminated;
      if (
        this.#ends.signal.aborted ||
        !ended ||
        !shouldRestart(this.#restartPolicy, ended.exitCode)
      ) {
        return;
      }
      await this.#backOff(this.#backoff.next(ranMilliseconds));
    }
  }

  /** The run that is known becomes the last one. */
  #nextRun(): void {
    const { state, lastState, restartCount } = this.#view;
    this.#view = {
      ...this.#view,
      lastState: state.terminated
        ? { terminated: state.terminated }
        : lastState,
      restartCount: restartCount + 1,
    };
  }

  async #backOff(milliseconds: number): Promise<void> {
    if (milliseconds === 0) {
      return;
    }
    const { name } = this.container;
    const { metadata } = this.#handle.pod();
    const whole = `${metadata.name}_${metadata.namespace}(${metadata.uid})`;
    this.#event({
      type: 'Warning',
      reason: 'BackOff',
      message: `Back-off restarting failed container ${name} in pod ${whole}`,
    });
    const { terminated } = this.#view.state;
    this.#set({
      state: {
        waiting: {
          reason: 'CrashLoopBackOff',
          message: `back-off ${goDuration(
            milliseconds,
          )} restarting failed container=${name} pod=${whole}`,
        },
      },
      lastState: terminated ? { terminated } : this.#view.lastState,
    });
    await clockSleep(this.#context.clock, milliseconds, this.#ends.signal);
  }

  /** @returns how long it ran, in milliseconds */
  async #once(): Promise<number> {
    const { clock, logs } = this.#context;
    const { uid } = this.#handle.pod().metadata;
    const program = this.#builtIn();
    const image = program ? undefined : await this.#image();
    const environment = image ? await this.#environment(image) : {};
    this.#ends.signal.throwIfAborted();
    const log = logs.begin(uid, this.container.name, this.#view.restartCount);
    const begun = clock.now();
    this.#set({
      containerID: `node-process://${randomBytes(32).toString('hex')}`,
      image: this.container.image,
      imageID: image?.digest ?? '',
    });
    this.#event({
      type: 'Normal',
      reason: 'Created',
      message: 'Container created',
    });
    try {
      const running = program
        ? await startBuiltIn({
            program,
            pod: this.#handle.object(),
            container: {
              name: this.container.name,
              image: this.container.image,
              args: (this.container.args ?? []).map(argument =>
                expandVariables(argument, environment),
              ),
            },
            podIP: this.#handle.podIP,
            network: this.#context.network,
            log: line => log.writeLine(line),
          })
        : await this.#startProcess(image, environment, log);
      await this.#follow(running, begun);
    } catch (error) {
      this.#couldNotStart(error);
    } finally {
      logs.end(log);
    }
    return clock.now() - begun;
  }

  async #startProcess(
    image: UnpackedImage | undefined,
    environment: Record<string, string>,
    log: ContainerLog,
  ): Promise<RunningContainer> {
    const { container } = this;
    if (!image) {
      throw new Error('A container without an image cannot be started.');
    }
    if (container.lifecycle.postStart?.exec) {
      throw new CannotRunError(
        'the embedded cluster has no exec hooks: use httpGet or sleep, or leave postStart out',
      );
    }
    return startNodeContainer({
      context: this.#context,
      pod: this.#handle.pod(),
      container,
      image,
      environment,
      mounts: this.#handle.mountsOf(container),
      podIP: this.#handle.podIP,
      hostname: this.#handle.hostname,
      folder: join(
        this.#handle.folder,
        'containers',
        container.name,
        String(this.#view.restartCount),
      ),
      log,
      onListening: () => this.#probes?.nudge(),
    });
  }

  /** From its start to its end. */
  async #follow(running: RunningContainer, begun: number): Promise<void> {
    const { clock } = this.#context;
    const { container } = this;
    this.#running = running;
    this.#set({ state: { running: { startedAt: timestamp(begun) } } });
    this.#event({
      type: 'Normal',
      reason: 'Started',
      message: 'Container started',
    });
    const probes = new ContainerProbes({
      container,
      clock,
      target: this.#target(),
      onFailure: (kind, message) =>
        this.#event({
          type: 'Warning',
          reason: 'Unhealthy',
          message: `${kind[0].toUpperCase()}${kind.slice(
            1,
          )} probe failed: ${message}`,
        }),
      onStarted: () => this.#set({ started: true }),
      onReady: ready => this.#set({ ready }),
      onDead: (kind, probe) =>
        this.#stopRun(
          running,
          probe.terminationGracePeriodSeconds ?? this.#graceSeconds(),
          `Container ${container.name} failed ${kind} probe, will be restarted`,
        ),
    });
    this.#probes = probes;
    if (this.#ends.signal.aborted) {
      // Told to end while it was being started.
      this.#stopRun(
        running,
        this.#graceSeconds(),
        `Stopping container ${container.name}`,
      );
    } else {
      probes.start();
      void this.#postStart();
    }
    const exit = await running.exited;
    this.#running = undefined;
    this.#probes = undefined;
    await probes.stop();
    await this.#stopped;
    this.#stop = undefined;
    this.#stopped = undefined;
    this.#set({
      state: { terminated: this.#terminated(exit, begun) },
      ready: false,
      started: false,
    });
  }

  async #postStart(): Promise<void> {
    const hook = this.container.lifecycle.postStart;
    if (
      hook &&
      !(await runHook(
        hook,
        this.#target(),
        this.#context.clock,
        this.#ends.signal,
      ))
    ) {
      this.#event({
        type: 'Warning',
        reason: 'FailedPostStartHook',
        message: 'PostStartHook failed',
      });
    }
  }

  #stopRun(
    running: RunningContainer,
    graceSeconds: number,
    message: string,
  ): void {
    if (this.#stop) {
      this.#stop.shorten(graceSeconds);
      return;
    }
    this.#event({ type: 'Normal', reason: 'Killing', message });
    this.#probes?.stopLiveness();
    this.#stop = new ContainerStop(this.#context.clock, running);
    this.#stopped = this.#stop.begin(graceSeconds, signal =>
      this.#preStop(signal),
    );
  }

  async #preStop(signal: AbortSignal): Promise<void> {
    const hook = this.container.lifecycle.preStop;
    if (!hook) {
      return;
    }
    const well = await runHook(
      hook,
      this.#target(),
      this.#context.clock,
      signal,
    );
    if (!well && !signal.aborted) {
      this.#event({
        type: 'Warning',
        reason: 'FailedPreStopHook',
        message: 'PreStopHook failed',
      });
    }
  }

  #terminated(exit: ContainerExit, begun: number): Terminated {
    const reason = exit.exitCode === 0 ? 'Completed' : 'Error';
    return {
      containerID: this.#view.containerID ?? '',
      exitCode: exit.exitCode,
      finishedAt: timestamp(this.#context.clock.now()),
      reason: exit.outOfMemory ? 'OOMKilled' : reason,
      startedAt: timestamp(begun),
    };
  }

  #couldNotStart(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.#event({
      type: 'Warning',
      reason: 'Failed',
      message: `Error: ${message}`,
    });
    this.#set({
      state: {
        terminated: {
          containerID: this.#view.containerID ?? '',
          exitCode: START_ERROR,
          finishedAt: timestamp(this.#context.clock.now()),
          message,
          reason: 'StartError',
          startedAt: timestamp(0),
        },
      },
    });
  }

  #image(): Promise<UnpackedImage> {
    return waitForImage({
      context: this.#context,
      container: this.container,
      event: event => this.#event(event),
      onWaiting: (reason, message) => this.#wait(reason, message),
      signal: this.#ends.signal,
    });
  }

  /** As soon as everything that it names is there. */
  async #environment(image: UnpackedImage): Promise<Record<string, string>> {
    const { objects } = this.#context;
    for (;;) {
      const pod = this.#handle.pod();
      try {
        return containerEnvironment({
          objects,
          pod,
          container: this.container,
          podIP: this.#handle.podIP,
          hostname: this.#handle.hostname,
          imageEnvironment: image.config.env,
          serviceEnvironment: serviceEnvironment(objects, {
            namespace: pod.metadata.namespace,
            links: pod.spec.enableServiceLinks,
          }),
        });
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        this.#event({
          type: 'Warning',
          reason: 'Failed',
          message: `Error: ${message}`,
        });
        this.#wait('CreateContainerConfigError', message);
        await this.#handle.waitForConfig(
          CONFIG_RETRY_MILLISECONDS,
          this.#ends.signal,
        );
      }
    }
  }

  #builtIn() {
    return this.#context.builtInPrograms.find(program =>
      program.runs(this.container, this.#handle.object()),
    );
  }

  #target(): ProbeTarget {
    const { podIP } = this.#handle;
    return {
      container: this.container,
      podIP,
      dial: port => this.#context.network.dialPod(podIP, port),
    };
  }

  #graceSeconds(): number {
    return this.#handle.pod().spec.terminationGracePeriodSeconds;
  }

  #wait(reason: string, message: string): void {
    this.#set({ state: { waiting: { reason, message } } });
  }

  #event(event: Omit<PodEvent, 'fieldPath'>): void {
    this.#handle.event({ ...event, fieldPath: this.#fieldPath });
  }

  #set(change: Partial<ContainerView>): void {
    this.#view = { ...this.#view, ...change };
    this.#handle.changed();
  }
}
