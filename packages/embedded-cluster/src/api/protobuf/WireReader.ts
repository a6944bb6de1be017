/** One field as it stands in a message; what its bytes mean, its number tells. */
export interface WireField {
  number: number;
  value: bigint | Buffer;
}

const VARINT = 0;
const FIXED_64 = 1;
const DELIMITED = 2;
const FIXED_32 = 5;

/** Bytes that are no protobuf message. */
export class WireError extends Error {
  readonly name = 'WireError' as const;
}

/**
 * Splits a protobuf message into its fields
 * (https://protobuf.dev/programming-guides/encoding/).
 *
 * @throws WireError
 */
export function* readFields(message: Buffer): Generator<WireField> {
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      if (at >= message.length) {
        throw new WireError('unexpected EOF');
      }
      const byte = message[at++];
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) {
        return BigInt.asUintN(64, value);
      }
    }
    throw new WireError('integer overflow');
  };
  const take = (bytes: number): Buffer => {
    if (at + bytes > message.length) {
      throw new WireError('unexpected EOF');
    }
    at += bytes;
    return message.subarray(at - bytes, at);
  };
  while (at < message.length) {
    const tag = Number(varint());
    const number = Math.floor(tag / 8);
    switch (tag % 8) {
      case VARINT:
        yield { number, value: varint() };
        break;
      case DELIMITED:
        yield { number, value: take(Number(varint())) };
        break;
      case FIXED_64:
        yield { number, value: take(8) };
        break;
      case FIXED_32:
        yield { number, value: take(4) };
        break;
      default:
        throw new WireError(`illegal wireType ${tag % 8}`);
    }
  }
}
