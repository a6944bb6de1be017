/** Types of control frames, of version 3. */
export const CONTROL = {
  synStream: 1,
  synReply: 2,
  rstStream: 3,
  ping: 6,
  goAway: 7,
} as const;

/** The sender has nothing more to send on the stream. */
export const FIN = 1;
const VERSION = 3;
const HEAD_BYTES = 8;
/** Many times what clients send; they cut data into pieces of 32 KiB. */
const MAX_FRAME_BYTES = 1 << 20;

export type SpdyFrame =
  | { kind: 'data'; stream: number; isLast: boolean; bytes: Buffer }
  | { kind: 'control'; type: number; flags: number; bytes: Buffer };

/**
 * SPDY/3.1's frames, out of a stream of bytes.
 * https://www.chromium.org/spdy/spdy-protocol/spdy-protocol-draft3-1/ (2.2)
 *
 * @throws Error for a frame that is too long or of another version
 */
export async function* readFrames(
  source: AsyncIterable<Buffer>,
): AsyncGenerator<SpdyFrame> {
  let rest = Buffer.alloc(0);
  for await (const chunk of source) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    while (rest.length >= HEAD_BYTES) {
      const length = rest.readUIntBE(5, 3);
      if (length > MAX_FRAME_BYTES) {
        throw new Error(`a frame of ${length} bytes is too long`);
      }
      if (rest.length < HEAD_BYTES + length) {
        break;
      }
      yield parse(rest.subarray(0, HEAD_BYTES + length));
      rest = rest.subarray(HEAD_BYTES + length);
    }
  }
}

function parse(frame: Buffer): SpdyFrame {
  const head = frame.readUInt32BE(0);
  const flags = frame[4];
  const bytes = frame.subarray(HEAD_BYTES);
  if (head < 2 ** 31) {
    return { kind: 'data', stream: head, isLast: flags % 2 === FIN, bytes };
  }
  const version = frame.readUInt16BE(0) - 2 ** 15;
  if (version !== VERSION) {
    throw new Error(`SPDY of version ${version} is not spoken here`);
  }
  return { kind: 'control', type: frame.readUInt16BE(2), flags, bytes };
}

export function controlFrame(type: number, bytes: Buffer): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt16BE(2 ** 15 + VERSION, 0);
  head.writeUInt16BE(type, 2);
  head.writeUIntBE(bytes.length, 5, 3);
  return Buffer.concat([head, bytes]);
}

export function dataFrame(
  stream: number,
  bytes: Buffer,
  flags: number,
): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt32BE(stream, 0);
  head.writeUInt8(flags, 4);
  head.writeUIntBE(bytes.length, 5, 3);
  return Buffer.concat([head, bytes]);
}

/** A stream's number, with another number behind it where there is one. */
export function numbers(...values: number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, index) => bytes.writeUInt32BE(value, 4 * index));
  return bytes;
}
