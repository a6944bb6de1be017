import { clockSleep } from '../clockSleep';
import type { KubeletContext } from '../KubeletContext';
import type { Container, PodObject } from '../podObject';
import type { ContainerView } from '../status/ContainerView';
import type { InitView } from '../status/podPhase';
import { restoredView } from '../status/restoredView';
import { ContainerSupervisor } from './ContainerSupervisor';
import type { PodHandle } from './PodHandle';

/** How often a sidecar is looked at until it has started. */
const STARTED_POLL_MILLISECONDS = 50;

interface InitContainer {
  supervisor: ContainerSupervisor;
  sidecar: boolean;
}

/** All containers of a pod, in the order in which they begin and end. */
export class PodContainers {
  readonly #context: KubeletContext;
  readonly #init: InitContainer[];
  readonly #main: ContainerSupervisor[];

  /** @param pod - as it is stored: what its status tells of the containers, they go on from */
  constructor(context: KubeletContext, handle: PodHandle, pod: PodObject) {
    const { spec, status } = pod;
    const known = [
      ...status.containerStatuses,
      ...status.initContainerStatuses,
    ];
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
          known.find(({ name }) => name === container.name),
          {
            waitingReason:
              spec.initContainers.length > 0
                ? 'PodInitializing'
                : 'ContainerCreating',
            nowMilliseconds: context.clock.now(),
          },
        ),
      });
    this.#context = context;
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

  /** As the pod's spec has them. */
  specs(): Container[] {
    return this.#all().map(({ container }) => container);
  }

  views(): { init: InitView[]; containers: ContainerView[] } {
    return {
      init: this.#init.map(({ supervisor, sidecar }) => ({
        view: supervisor.view,
        sidecar,
      })),
      containers: this.#main.map(({ view }) => view),
    };
  }

  /**
   * Begins with the init containers, one after the other, then all others.
   * Resolves when none will be started again, sidecars aside; rejects with the
   * signal's reason.
   */
  async run(signal: AbortSignal): Promise<void> {
    for (const { supervisor, sidecar } of this.#init) {
      signal.throwIfAborted();
      const done = supervisor.run();
      await (sidecar
        ? Promise.race([done, this.#untilStarted(supervisor, signal)])
        : done);
      if (!sidecar && supervisor.view.state.terminated?.exitCode !== 0) {
        // Its policy gave it up, and the pod with it.
        return;
      }
    }
    signal.throwIfAborted();
    await Promise.all(this.#main.map(one => one.run()));
    signal.throwIfAborted();
  }

  /** All at once. Called again, it only becomes more impatient. */
  async end(graceSeconds: number): Promise<void> {
    await Promise.all(this.#all().map(one => one.end(graceSeconds)));
  }

  /** One after the other, the last to begin first. */
  async endSidecars(graceSeconds: number): Promise<void> {
    for (const { supervisor, sidecar } of [...this.#init].reverse()) {
      if (sidecar) {
        await supervisor.end(graceSeconds);
      }
    }
  }

  /**
   * Ends all at once and quietly.
   *
   * @returns whether one of them had to be killed
   */
  async abandon(graceMilliseconds: number): Promise<boolean> {
    const killed = await Promise.all(
      this.#all().map(one => one.abandon(graceMilliseconds)),
    );
    return killed.includes(true);
  }

  async #untilStarted(
    supervisor: ContainerSupervisor,
    signal: AbortSignal,
  ): Promise<void> {
    while (!supervisor.view.started) {
      await clockSleep(this.#context.clock, STARTED_POLL_MILLISECONDS, signal);
    }
  }

  #all(): ContainerSupervisor[] {
    return [...this.#init.map(({ supervisor }) => supervisor), ...this.#main];
  }
}
