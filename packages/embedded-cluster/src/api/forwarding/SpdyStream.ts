import { Duplex } from 'node:stream';
import { FIN, controlFrame, CONTROL, dataFrame, numbers } from './spdyFrames';

/** As Go's clients cut them. */
const MAX_DATA_BYTES = 32_768;
const CANCEL = 5;

type Send = (frame: Buffer, callback?: (error?: Error | null) => void) => void;

/** One of the streams of a connection, both ways, each of which ends by itself. */
export class SpdyStream extends Duplex {
  readonly headers: ReadonlyMap<string, string>;
  readonly #number: number;
  readonly #send: Send;
  #wanted: (() => void) | undefined;

  constructor(options: {
    number: number;
    headers: ReadonlyMap<string, string>;
    send: Send;
  }) {
    super({ allowHalfOpen: true });
    this.#number = options.number;
    this.headers = options.headers;
    this.#send = options.send;
  }

  /** Resolves when there is room for more. */
  async receive(bytes: Buffer, isLast: boolean): Promise<void> {
    if (this.destroyed || this.readableEnded) {
      return;
    }
    const hasRoom = bytes.length === 0 || this.push(bytes);
    if (isLast) {
      this.push(null);
    } else if (!hasRoom) {
      await new Promise<void>(resolve => {
        this.#wanted = resolve;
        this.once('close', resolve);
      });
    }
  }

  override _read(): void {
    this.#wanted?.();
    this.#wanted = undefined;
  }

  override _write(
    chunk: Buffer,
    _encoding: BufferEncoding,
    callback: (error?: Error | null) => void,
  ): void {
    for (let at = 0; at < chunk.length; at += MAX_DATA_BYTES) {
      const piece = chunk.subarray(at, at + MAX_DATA_BYTES);
      const isLast = at + MAX_DATA_BYTES >= chunk.length;
      this.#send(
        dataFrame(this.#number, piece, 0),
        isLast ? callback : undefined,
      );
    }
  }

  override _final(callback: (error?: Error | null) => void): void {
    this.#send(dataFrame(this.#number, Buffer.alloc(0), FIN), callback);
  }

  override _destroy(
    error: Error | null,
    callback: (error?: Error | null) => void,
  ): void {
    if (!this.writableFinished) {
      this.#send(
        controlFrame(CONTROL.rstStream, numbers(this.#number, CANCEL)),
      );
    }
    callback(error);
  }
}
