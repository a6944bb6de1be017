import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { HeaderBlocks } from '../forwarding/HeaderBlocks';
import {
  CONTROL,
  controlFrame,
  dataFrame,
  FIN,
  numbers,
  readFrames,
} from '../forwarding/spdyFrames';

const BINARY = 2;
const CLOSE = 8;

/** The client's side of a port-forward: SPDY in the messages of a WebSocket, as kubectl speaks it. */
export class PortForwardClient {
  readonly #socket: Duplex;
  readonly #headers = new HeaderBlocks();
  readonly #received = new Map<number, { text: string; end: string }>();
  readonly #pings: number[] = [];
  readonly closed: Promise<void>;
  #next = 1;

  /** @param socket - upgraded */
  constructor(socket: Duplex) {
    this.#socket = socket;
    socket.on('error', () => undefined);
    // Whoever closes it while it reads has no interest in how that ends.
    this.closed = this.#receive().catch(() => undefined);
  }

  get pings(): readonly number[] {
    return this.#pings;
  }

  /** Both streams of one connection. @returns their numbers */
  async open(port: number): Promise<{ data: number; error: number }> {
    const id = String(this.#next);
    const error = await this.#openStream(id, 'error', port);
    const data = await this.#openStream(id, 'data', port);
    this.#send(dataFrame(error, Buffer.alloc(0), FIN));
    return { data, error };
  }

  write(stream: number, text: string, flags = 0): void {
    this.#send(dataFrame(stream, Buffer.from(text), flags));
  }

  reset(stream: number): void {
    this.#send(controlFrame(CONTROL.rstStream, numbers(stream, 5)));
  }

  ping(number: number): void {
    this.#send(controlFrame(CONTROL.ping, numbers(number)));
  }

  /** Bytes that are no SPDY. */
  babble(text: string): void {
    this.#send(Buffer.from(text));
  }

  /** All that came on the stream, and how it ended: `end` or `reset`. */
  async ended(stream: number): Promise<{ text: string; end: string }> {
    for (;;) {
      const found = this.#received.get(stream);
      if (found && found.end !== '') {
        return found;
      }
      await once(this.#socket, 'data');
      await new Promise(resolve => setImmediate(resolve));
    }
  }

  close(): void {
    this.#headers.close();
    this.#socket.destroy();
  }

  async #openStream(id: string, type: string, port: number): Promise<number> {
    const stream = this.#next;
    this.#next += 2;
    const block = await this.#headers.write(
      new Map([
        ['streamtype', type],
        ['port', String(port)],
        ['requestid', id],
      ]),
    );
    const prefix = Buffer.concat([numbers(stream, 0), Buffer.alloc(2)]);
    this.#received.set(stream, { text: '', end: '' });
    this.#send(controlFrame(CONTROL.synStream, Buffer.concat([prefix, block])));
    return stream;
  }

  async #receive(): Promise<void> {
    for await (const frame of readFrames(this.#messages())) {
      if (frame.kind === 'data') {
        const found = this.#received.get(frame.stream);
        if (found) {
          found.text += frame.bytes.toString();
          found.end ||= frame.isLast ? 'end' : '';
        }
      } else if (frame.type === CONTROL.synReply) {
        const headers = await this.#headers.read(frame.bytes.subarray(4));
        if (headers.size > 0) {
          throw new Error('a reply has headers');
        }
      } else if (frame.type === CONTROL.rstStream) {
        const found = this.#received.get(frame.bytes.readUInt32BE(0));
        if (found) {
          found.end = 'reset';
        }
      } else if (frame.type === CONTROL.ping) {
        this.#pings.push(frame.bytes.readUInt32BE(0));
      }
    }
  }

  /** What is in the WebSocket's messages; the server masks none. */
  async *#messages(): AsyncGenerator<Buffer> {
    let rest = Buffer.alloc(0);
    const source: AsyncIterable<Buffer> = this.#socket.iterator({
      destroyOnReturn: false,
    });
    for await (const chunk of source) {
      rest = Buffer.concat([rest, chunk]);
      for (;;) {
        const short = rest.length < 2 ? 0 : rest[1];
        const head = short < 126 ? 2 : 4;
        const length = head === 2 ? short : rest.readUInt16BE(2);
        if (rest.length < 2 || rest.length < head + length) {
          break;
        }
        if (rest[0] % 16 === CLOSE) {
          return;
        }
        yield rest.subarray(head, head + length);
        rest = rest.subarray(head + length);
      }
    }
  }

  #send(bytes: Buffer): void {
    const head = Buffer.alloc(8);
    head.writeUInt8(128 + BINARY, 0);
    // Masked with nothing, which is a mask as well.
    head.writeUInt8(128 + 126, 1);
    head.writeUInt16BE(bytes.length, 2);
    this.#socket.write(Buffer.concat([head, bytes]));
  }
}
