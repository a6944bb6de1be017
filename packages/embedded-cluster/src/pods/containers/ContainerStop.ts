import type { Clock } from '../../model/Clock';
import type { RunningContainer } from './RunningContainer';

/** What is left to a program after a long preStop hook. */
const LEAST_MILLISECONDS = 2_000;

/**
 * Ends one run: hook, SIGTERM, and SIGKILL when the grace period is over. The
 * hook's time counts.
 */
export class ContainerStop {
  readonly #clock: Clock;
  readonly #running: RunningContainer;
  #killAt = Infinity;
  #cancelKill: (() => void) | undefined;

  constructor(clock: Clock, running: RunningContainer) {
    this.#clock = clock;
    this.#running = running;
  }

  /** @param hook - before SIGTERM; ended by its signal when the container is gone */
  async begin(
    graceSeconds: number,
    hook?: (signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    const { exited } = this.#running;
    this.shorten(graceSeconds);
    const gone = new AbortController();
    void exited.then(() => {
      gone.abort();
      this.#cancelKill?.();
    });
    if (hook && graceSeconds > 0) {
      await Promise.race([hook(gone.signal), exited]);
    }
    this.#running.kill('SIGTERM');
    const left = this.#killAt - this.#clock.now();
    if (graceSeconds > 0 && left < LEAST_MILLISECONDS) {
      this.#arm(LEAST_MILLISECONDS);
    }
    await exited;
  }

  /** Somebody has less patience now. */
  shorten(graceSeconds: number): void {
    const milliseconds = graceSeconds * 1_000;
    if (this.#clock.now() + milliseconds < this.#killAt) {
      this.#arm(milliseconds);
    }
  }

  #arm(milliseconds: number): void {
    this.#cancelKill?.();
    this.#killAt = this.#clock.now() + milliseconds;
    this.#cancelKill = this.#clock.after(milliseconds, () =>
      this.#running.kill('SIGKILL'),
    );
  }
}
