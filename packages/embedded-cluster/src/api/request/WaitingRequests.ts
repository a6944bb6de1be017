import type { ServerResponse } from 'node:http';

/** Requests that wait for something, so that all of them can be ended at once. */
export class WaitingRequests {
  readonly #controllers = new Set<AbortController>();
  #closed = false;

  /** @returns what aborts when the client has gone, or on `close` */
  start(response: ServerResponse): AbortSignal {
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
