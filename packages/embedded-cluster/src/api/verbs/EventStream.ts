import type { ServerResponse } from 'node:http';
import { commonHeaders } from '../answer/send';

/** A client that lets this much pile up is too slow, and has to list again. */
const MOST_WAITING_BYTES = 16 * 1024 * 1024;

/** The open answer of a watch. Nothing is sent after its end. */
export class EventStream {
  readonly #response: ServerResponse;
  readonly #onTooSlow: () => void;
  #ended = false;

  constructor(response: ServerResponse, options: { onTooSlow: () => void }) {
    this.#response = response;
    this.#onTooSlow = options.onTooSlow;
  }

  start(): void {
    this.#response.writeHead(200, {
      ...commonHeaders(),
      'Content-Type': 'application/json',
    });
    // A client waits for the headers before it believes that it watches.
    this.#response.flushHeaders();
  }

  write(line: string): void {
    if (this.#ended || this.#response.destroyed) {
      return;
    }
    this.#response.write(line);
    if (this.#response.writableLength > MOST_WAITING_BYTES) {
      this.#response.destroy();
      this.#onTooSlow();
    }
  }

  end(): void {
    if (!this.#ended) {
      this.#ended = true;
      this.#response.end();
    }
  }
}
