import type { Clock } from '../model/Clock';

/** What a reconciliation asks for: nothing, or to be run again after a while. */
export type ReconcileResult = void | { againAfterMilliseconds: number };

export interface ReconcilerOptions {
  name: string;
  clock: Clock;
  /** Brings one object into the state that it asks for. Throwing means: again, later. */
  reconcile(key: string): ReconcileResult | Promise<ReconcileResult>;
  onError(key: string, error: unknown): void;
  /** First delay after an error, doubled each time. Default 50. */
  firstBackoffMilliseconds?: number;
  /** Default 30,000. */
  maxBackoffMilliseconds?: number;
}

/**
 * The work queue that Kubernetes' controllers share: a key waits at most once,
 * is worked on by one reconciliation at a time, and comes back with growing
 * delay while it fails. No library offers these three together without a
 * store or a broker behind it.
 */
export class Reconciler {
  readonly #options: ReconcilerOptions;
  readonly #due = new Set<string>();
  readonly #later = new Map<string, () => void>();
  readonly #failures = new Map<string, number>();
  #running: Promise<void> | undefined;
  #stopped = false;

  constructor(options: ReconcilerOptions) {
    this.#options = options;
  }

  /** Puts a key into the queue; a delay that it waits for ends. */
  enqueue(key: string): void {
    if (this.#stopped) {
      return;
    }
    this.#later.get(key)?.();
    this.#later.delete(key);
    this.#due.add(key);
    this.#running ??= this.#work();
  }

  /** Puts a key into the queue after a while, unless it comes earlier. */
  enqueueAfter(key: string, milliseconds: number): void {
    if (this.#stopped) {
      return;
    }
    this.#later.get(key)?.();
    this.#later.set(
      key,
      this.#options.clock.after(milliseconds, () => this.enqueue(key)),
    );
  }

  /** Forgets a key that nothing stands for any more. */
  forget(key: string): void {
    this.#later.get(key)?.();
    this.#later.delete(key);
    this.#due.delete(key);
    this.#failures.delete(key);
  }

  /** Resolves when nothing waits to be worked on now. */
  async idle(): Promise<void> {
    while (this.#running) {
      await this.#running;
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#due.clear();
    for (const cancel of this.#later.values()) {
      cancel();
    }
    this.#later.clear();
    await this.#running;
  }

  async #work(): Promise<void> {
    // A turn later, so that several events of one write are one reconciliation
    // and nobody's call stack runs a controller.
    await new Promise(resolve => setImmediate(resolve));
    for (const key of this.#due) {
      this.#due.delete(key);
      await this.#one(key);
      if (this.#stopped) {
        break;
      }
    }
    this.#running = undefined;
    if (this.#due.size > 0 && !this.#stopped) {
      this.#running = this.#work();
    }
  }

  async #one(key: string): Promise<void> {
    const {
      reconcile,
      onError,
      firstBackoffMilliseconds = 50,
      maxBackoffMilliseconds = 30_000,
    } = this.#options;
    try {
      const result = await reconcile(key);
      this.#failures.delete(key);
      if (result) {
        this.enqueueAfter(key, result.againAfterMilliseconds);
      }
    } catch (error) {
      const failures = this.#failures.get(key) ?? 0;
      this.#failures.set(key, failures + 1);
      onError(key, error);
      this.enqueueAfter(
        key,
        Math.min(
          firstBackoffMilliseconds * 2 ** failures,
          maxBackoffMilliseconds,
        ),
      );
    }
  }
}
