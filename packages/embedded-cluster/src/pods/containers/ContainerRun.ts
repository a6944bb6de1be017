import type { Clock } from '../../model/Clock';
import type { ClusterNetwork } from '../../ports/ClusterNetwork';
import type { Container } from '../podObject';
import { ContainerProbes } from '../probes/ContainerProbes';
import type { ProbeTarget } from '../probes/probeOnce';
import type { ContainerReport } from './ContainerReport';
import { ContainerStop } from './ContainerStop';
import type { PodHandle } from './PodHandle';
import type { RunningContainer } from './RunningContainer';
import { runHook } from './runHook';

export interface ContainerRunOptions {
  clock: Clock;
  network: ClusterNetwork;
  handle: PodHandle;
  container: Container;
  report: ContainerReport;
  running: RunningContainer;
  /** Aborted when the container is to end and not to be started again. */
  signal: AbortSignal;
}

/** One run of a container, from its start to its end: with its probes and its hooks. */
export class ContainerRun {
  readonly #options: ContainerRunOptions;
  readonly #target: ProbeTarget;
  readonly #probes: ContainerProbes;
  #over = false;
  #stop: ContainerStop | undefined;
  #stopped: Promise<void> | undefined;

  constructor(options: ContainerRunOptions) {
    const { clock, network, handle, container, report } = options;
    const { podIP } = handle;
    this.#options = options;
    this.#target = {
      container,
      podIP,
      dial: port => network.dialPod(podIP, port),
    };
    this.#probes = new ContainerProbes({
      container,
      clock,
      target: this.#target,
      onFailure: (kind, message) =>
        report.event({
          type: 'Warning',
          reason: 'Unhealthy',
          message: `${kind[0].toUpperCase()}${kind.slice(
            1,
          )} probe failed: ${message}`,
        }),
      onStarted: () => report.set({ started: true }),
      onReady: ready => report.set({ ready }),
      onDead: (kind, probe) =>
        this.#end(
          probe.terminationGracePeriodSeconds ?? this.#graceSeconds(),
          `Container ${container.name} failed ${kind} probe, will be restarted`,
        ),
    });
  }

  /**
   * Resolves when the run is over and reported.
   *
   * @param begun - when it was created, in milliseconds since 1970
   */
  async follow(begun: number): Promise<void> {
    const { report, running, signal } = this.#options;
    report.running(begun);
    if (signal.aborted) {
      // Told to end while it was being started.
      this.stop(this.#graceSeconds());
    } else {
      this.#probes.start();
      void this.#postStart();
    }
    const exit = await running.exited;
    this.#over = true;
    await this.#probes.stop();
    await this.#stopped;
    report.ended(exit, begun);
  }

  /** Something has begun to listen. */
  nudge(): void {
    this.#probes.nudge();
  }

  /** Called again, it only becomes more impatient. */
  stop(graceSeconds: number): void {
    this.#end(
      graceSeconds,
      `Stopping container ${this.#options.container.name}`,
    );
  }

  /**
   * Ends it without hooks or events.
   *
   * @returns whether it had to be killed
   */
  async abandon(graceMilliseconds: number): Promise<boolean> {
    if (this.#over) {
      return false;
    }
    const { clock, running } = this.#options;
    let isKilled = false;
    running.kill('SIGTERM');
    const cancel = clock.after(graceMilliseconds, () => {
      isKilled = true;
      running.kill('SIGKILL');
    });
    await running.exited;
    cancel();
    return isKilled;
  }

  #end(graceSeconds: number, message: string): void {
    if (this.#over) {
      return;
    }
    if (this.#stop) {
      this.#stop.shorten(graceSeconds);
      return;
    }
    const { clock, report, running } = this.#options;
    report.event({ type: 'Normal', reason: 'Killing', message });
    this.#probes.stopLiveness();
    this.#stop = new ContainerStop(clock, running);
    this.#stopped = this.#stop.begin(graceSeconds, signal =>
      this.#preStop(signal),
    );
  }

  async #postStart(): Promise<void> {
    const { container, clock, report, signal } = this.#options;
    const hook = container.lifecycle.postStart;
    if (hook && !(await runHook(hook, this.#target, clock, signal))) {
      report.event({
        type: 'Warning',
        reason: 'FailedPostStartHook',
        message: 'PostStartHook failed',
      });
    }
  }

  async #preStop(signal: AbortSignal): Promise<void> {
    const { container, clock, report } = this.#options;
    const hook = container.lifecycle.preStop;
    if (!hook) {
      return;
    }
    const well = await runHook(hook, this.#target, clock, signal);
    if (!well && !signal.aborted) {
      report.event({
        type: 'Warning',
        reason: 'FailedPreStopHook',
        message: 'PreStopHook failed',
      });
    }
  }

  #graceSeconds(): number {
    return this.#options.handle.pod().spec.terminationGracePeriodSeconds;
  }
}
