import type { Writable } from 'node:stream';

/** Requests that wait for something, so that all of them can be ended at once. */
export class WaitingRequests {
  readonly #controllers = new Set<AbortController>();
  #closed = false;

  /**
   * @param response - or the connection, where there is to be no response
   * @returns what aborts when the client has gone, or on `close`
   */
  start(response: Writable): AbortSignal {
    const controller = new AbortController();
    if (this.#closed || response.closed) {
      controller.abort();
      return controller.signal;
    }
    this.#controllers.add(controller);
    response.once('close', () => {
      this.#controllers.delete(controller);
      controller.abort();
    });
    return controller.signal;
  }

  close(): void {
    this.#closed = true;
    for (const controller of this.#controllers) {
      controller.abort();
    }
  }
}
