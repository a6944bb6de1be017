import type { KubeletContext } from '../KubeletContext';
import type { Container } from '../podObject';
import { RestartBackoff } from '../restart/RestartBackoff';
import { shouldRestart } from '../restart/shouldRestart';
import type { ContainerView } from '../status/ContainerView';
import { clockSleep } from '../clockSleep';
import { ContainerReport } from './ContainerReport';
import { ContainerRun } from './ContainerRun';
import type { PodHandle } from './PodHandle';
import { prepareContainer } from './prepareContainer';
import { startContainer } from './startContainer';

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

/** One container, from its image to its last run: starts it, and starts it again. */
export class ContainerSupervisor {
  readonly container: Container;
  readonly #context: KubeletContext;
  readonly #handle: PodHandle;
  readonly #restartPolicy: string;
  readonly #report: ContainerReport;
  readonly #backoff = new RestartBackoff();
  readonly #ends = new AbortController();
  #run: ContainerRun | undefined;
  #done: Promise<void> | undefined;

  constructor(options: ContainerSupervisorOptions) {
    const { context, handle, container, fieldPath } = options;
    this.container = container;
    this.#context = context;
    this.#handle = handle;
    this.#restartPolicy = options.restartPolicy;
    this.#report = new ContainerReport({
      handle,
      clock: context.clock,
      fieldPath: `${fieldPath}{${container.name}}`,
      view: options.view,
    });
  }

  get view(): ContainerView {
    return this.#report.view;
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
    this.#run?.stop(graceSeconds);
    await this.#hasEnded();
  }

  /**
   * Ends it at once and quietly, as when the machine goes down.
   *
   * @returns whether it had to be killed
   */
  async abandon(graceMilliseconds: number): Promise<boolean> {
    this.#ends.abort();
    const isKilled = await this.#run?.abandon(graceMilliseconds);
    await this.#hasEnded();
    return isKilled ?? false;
  }

  /** What went wrong, whoever called `run` knows; it must not keep the pod from going. */
  async #hasEnded(): Promise<void> {
    await this.#done?.catch(() => undefined);
  }

  async #work(): Promise<void> {
    const { state } = this.view;
    if (state.terminated && !this.#startsAgain(state.terminated)) {
      return;
    }
    for (let first = true; ; first = false) {
      this.#ends.signal.throwIfAborted();
      if (!first || this.view.containerID !== undefined) {
        this.#report.nextRun();
      }
      const ranMilliseconds = await this.#once();
      const ended = this.view.state.terminated;
      if (this.#ends.signal.aborted || !ended || !this.#startsAgain(ended)) {
        return;
      }
      await this.#backOff(this.#backoff.next(ranMilliseconds));
    }
  }

  #startsAgain({ exitCode }: { exitCode: number }): boolean {
    return shouldRestart(this.#restartPolicy, exitCode);
  }

  async #backOff(milliseconds: number): Promise<void> {
    if (milliseconds > 0) {
      this.#report.backingOff(milliseconds);
      await clockSleep(this.#context.clock, milliseconds, this.#ends.signal);
    }
  }

  /** @returns how long it ran, in milliseconds */
  async #once(): Promise<number> {
    const { clock, network, logs } = this.#context;
    const { signal } = this.#ends;
    const shared = {
      context: this.#context,
      handle: this.#handle,
      container: this.container,
      report: this.#report,
    };
    const prepared = await prepareContainer({ ...shared, signal });
    signal.throwIfAborted();
    const { uid } = this.#handle.pod().metadata;
    const { restartCount } = this.view;
    const log = logs.begin(uid, this.container.name, restartCount);
    const begun = clock.now();
    this.#report.created(
      this.container.image,
      prepared.kind === 'image' ? prepared.image.digest : '',
    );
    try {
      const running = await startContainer({
        ...shared,
        prepared,
        restartCount,
        log,
        onListening: () => this.#run?.nudge(),
      });
      this.#run = new ContainerRun({
        ...shared,
        clock,
        network,
        running,
        signal,
      });
      await this.#run.follow(begun);
    } catch (error) {
      this.#report.couldNotStart(error);
    } finally {
      this.#run = undefined;
      logs.end(log);
    }
    return clock.now() - begun;
  }
}
