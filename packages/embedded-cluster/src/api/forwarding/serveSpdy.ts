import type { Duplex } from 'node:stream';
import { HeaderBlocks } from './HeaderBlocks';
import { CONTROL, controlFrame, FIN, numbers, readFrames } from './spdyFrames';
import { SpdyStream } from './SpdyStream';

/** Of streams that are open at one time; each connection of a client takes two. */
const MAX_STREAMS = 1_000;
const REFUSED_STREAM = 3;
/** `SYN_STREAM`: its number, the one it belongs to, priority and slot. */
const SYN_STREAM_BYTES = 10;

/**
 * The server's side of SPDY/3.1, as Kubernetes' clients speak it: they open
 * streams, which are answered without headers; there is no flow control.
 * Resolves when the client has gone.
 *
 * @throws Error for what is no SPDY
 */
export async function serveSpdy(
  connection: Duplex,
  onStream: (stream: SpdyStream) => void,
): Promise<void> {
  const headers = new HeaderBlocks();
  const streams = new Map<number, SpdyStream>();
  const send = (
    frame: Buffer,
    callback?: (error?: Error | null) => void,
  ): void => {
    if (connection.writable) {
      connection.write(frame, callback);
    } else {
      callback?.(new Error('the connection has ended'));
    }
  };

  async function open(bytes: Buffer, flags: number): Promise<void> {
    const number = bytes.readUInt32BE(0) % 2 ** 31;
    // Read in any case: the next block goes on where this one ends.
    const found = await headers.read(bytes.subarray(SYN_STREAM_BYTES));
    if (streams.size >= MAX_STREAMS || streams.has(number)) {
      send(controlFrame(CONTROL.rstStream, numbers(number, REFUSED_STREAM)));
      return;
    }
    const stream = new SpdyStream({ number, headers: found, send });
    streams.set(number, stream);
    stream.once('close', () => streams.delete(number));
    // Whoever uses it hears of its end by its closing.
    stream.on('error', () => undefined);
    const block = await headers.write(new Map());
    send(
      controlFrame(CONTROL.synReply, Buffer.concat([numbers(number), block])),
    );
    onStream(stream);
    if (flags % 2 === FIN) {
      await stream.receive(Buffer.alloc(0), true);
    }
  }

  try {
    for await (const frame of readFrames(connection)) {
      if (frame.kind === 'data') {
        await streams.get(frame.stream)?.receive(frame.bytes, frame.isLast);
      } else if (frame.type === CONTROL.synStream) {
        await open(frame.bytes, frame.flags);
      } else if (frame.type === CONTROL.rstStream) {
        streams.get(frame.bytes.readUInt32BE(0))?.destroy();
      } else if (frame.type === CONTROL.ping) {
        send(controlFrame(CONTROL.ping, frame.bytes));
      } else if (frame.type === CONTROL.goAway) {
        return;
      }
    }
  } finally {
    streams.forEach(stream => stream.destroy());
    headers.close();
  }
}
