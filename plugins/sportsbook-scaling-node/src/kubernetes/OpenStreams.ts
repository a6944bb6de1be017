/**
 * The streams that a transport has open, so that all of them can be ended at
 * once: an open stream would keep the server that carries it from stopping.
 */
export class OpenStreams {
  readonly #controllers = new Set<AbortController>();
  #closed = false;

  get closed(): boolean {
    return this.#closed;
  }

  /** Ends what is open. What is opened from now on is ended at once. */
  close(): void {
    this.#closed = true;
    for (const controller of this.#controllers) {
      controller.abort();
    }
  }

  /** A controller that `close` aborts, until `forget`. */
  start(): AbortController {
    const controller = new AbortController();
    this.#controllers.add(controller);
    if (this.#closed) {
      controller.abort();
    }
    return controller;
  }

  forget(controller: AbortController): void {
    this.#controllers.delete(controller);
  }

  /**
   * Hands the chunks on. They end without an error on `close`, with the
   * signal's reason when the caller aborts; the request is ended when the
   * caller leaves the loop.
   */
  async *carry(
    chunks: AsyncIterable<Uint8Array>,
    options: {
      controller: AbortController;
      signal?: AbortSignal;
      errorOf: (error: unknown) => Error;
    },
  ): AsyncGenerator<Uint8Array> {
    const { controller, signal, errorOf } = options;
    try {
      yield* chunks;
    } catch (error) {
      signal?.throwIfAborted();
      if (!this.#closed) {
        throw errorOf(error);
      }
    } finally {
      controller.abort();
      this.forget(controller);
    }
  }
}
