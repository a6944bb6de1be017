/**
 * Work that several wait for: it is done once, and aborted when nobody waits for
 * it any more.
 */
export class SharedWork<T> {
  readonly #controller = new AbortController();
  readonly #result: Promise<T>;
  #waiting = 0;

  /** @param start - is called at once, with a signal that ends the work */
  constructor(start: (signal: AbortSignal) => Promise<T>) {
    this.#result = start(this.#controller.signal);
    // Whoever waits is told; when nobody does any more, nobody needs to know.
    this.#result.catch(() => {});
  }

  /** Whether it was given up, so that nobody may join. */
  get isAbandoned(): boolean {
    return this.#controller.signal.aborted;
  }

  /** Resolves when the work has ended, however it did. */
  async ended(): Promise<void> {
    await this.#result.catch(() => {});
  }

  /** @throws what the work throws, or the signal's reason */
  async wait({ signal }: { signal: AbortSignal }): Promise<T> {
    signal.throwIfAborted();
    this.#waiting += 1;
    let onAbort = () => {};
    const aborted = new Promise<never>((_resolve, reject) => {
      onAbort = () => reject(signal.reason);
      signal.addEventListener('abort', onAbort, { once: true });
    });
    try {
      return await Promise.race([this.#result, aborted]);
    } finally {
      signal.removeEventListener('abort', onAbort);
      this.#waiting -= 1;
      if (this.#waiting === 0) {
        this.#controller.abort(new Error('nobody waits for it any more'));
      }
    }
  }
}
