import { StatusError } from '../../model/StatusError';
import { recordedMessages, type MessageField } from './recordedMessages';
import { isZero, messageJson } from './specialMessages';
import { readFields, WireError } from './WireReader';

export const PROTOBUF = 'application/vnd.kubernetes.protobuf';

const MAGIC = Buffer.from('k8s\0');

/** Fields of the envelope, `runtime.Unknown` and its `TypeMeta`. */
const TYPE_META = 1;
const RAW = 2;
const API_VERSION = 1;
const KIND = 2;

/**
 * The JSON object of a body in Kubernetes' protobuf, which Go clients send for
 * built-in kinds. Answers are JSON all the same: such clients read both.
 *
 * @throws StatusError 400
 */
export function decodeProtobuf(body: Buffer): Record<string, unknown> {
  if (!body.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw StatusError.badRequest(
      'provided data does not appear to be a protobuf message, expected prefix k8s',
    );
  }
  try {
    const envelope = collect(body.subarray(MAGIC.length));
    const typeMeta = collect(bytesOf(envelope.get(TYPE_META)));
    const apiVersion = bytesOf(typeMeta.get(API_VERSION)).toString();
    const kind = bytesOf(typeMeta.get(KIND)).toString();
    const message = recordedMessages().kinds.get(`${apiVersion}/${kind}`);
    if (message === undefined) {
      throw StatusError.badRequest(
        `no kind "${kind}" is registered for version "${apiVersion}" in protobuf: send JSON`,
      );
    }
    return { apiVersion, kind, ...decode(message, bytesOf(envelope.get(RAW))) };
  } catch (error) {
    if (error instanceof WireError || error instanceof SyntaxError) {
      throw StatusError.badRequest(`proto: ${error.message}`);
    }
    throw error;
  }
}

function collect(message: Buffer): Map<number, bigint | Buffer> {
  return new Map(
    [...readFields(message)].map(({ number, value }) => [number, value]),
  );
}

function bytesOf(value: bigint | Buffer | undefined): Buffer {
  return Buffer.isBuffer(value) ? value : Buffer.alloc(0);
}

function decode(message: string, bytes: Buffer): Record<string, unknown> {
  const fields = recordedMessages().messages.get(message) ?? new Map();
  const result: Record<string, unknown> = {};
  for (const { number, value } of readFields(bytes)) {
    const field: MessageField | undefined = fields.get(number);
    // A field that is newer than the record is dropped, like any unknown one.
    if (field === undefined) {
      continue;
    }
    if (field.map) {
      const { key, entry } = mapEntry(field, bytesOf(value));
      result[field.name] = Object.assign(result[field.name] ?? {}, {
        [key]: entry,
      });
    } else if (field.repeated) {
      const items = result[field.name];
      const item = valueOf(field, value);
      result[field.name] = Array.isArray(items) ? [...items, item] : [item];
    } else if (field.inline) {
      Object.assign(result, decode(field.type, bytesOf(value)));
    } else {
      const one = valueOf(field, value);
      if (!field.dropZero || !isZero(one)) {
        result[field.name] = one;
      }
    }
  }
  return result;
}

function mapEntry(
  field: MessageField,
  bytes: Buffer,
): { key: string; entry: unknown } {
  const entry = collect(bytes);
  return {
    key: bytesOf(entry.get(1)).toString(),
    entry: valueOf(field, entry.get(2) ?? Buffer.alloc(0)),
  };
}

function valueOf({ type }: MessageField, value: bigint | Buffer): unknown {
  switch (type) {
    case 'string':
      return bytesOf(value).toString();
    case 'bytes':
      return bytesOf(value).toString('base64');
    case 'bool':
      return value === 1n;
    case 'int32':
    case 'int64':
      return typeof value === 'bigint' ? Number(BigInt.asIntN(64, value)) : 0;
    case 'double':
      return bytesOf(value).length === 8 ? bytesOf(value).readDoubleLE() : 0;
    default:
      return messageJson(type, decode(type, bytesOf(value)));
  }
}
