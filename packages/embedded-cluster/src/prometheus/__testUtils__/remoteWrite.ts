import type { RecordedSeries } from './recordedSamples';

/** Bits of the not-a-number by which Prometheus marks the end of a series. */
const STALE_BITS = 0x7ff0000000000002n;

function varint(value: number | bigint): Buffer {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  while (rest >= 0x80n) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Buffer.from(bytes);
}

function field(number: number, content: Buffer): Buffer {
  return Buffer.concat([
    varint(number * 8 + 2),
    varint(content.length),
    content,
  ]);
}

function double(value: string): Buffer {
  const bytes = Buffer.alloc(8);
  if (value === 'stale') {
    bytes.writeBigUInt64LE(STALE_BITS);
  } else {
    bytes.writeDoubleLE(Number(value.replace('Inf', 'Infinity')));
  }
  return bytes;
}

function timeSeries(series: RecordedSeries): Buffer {
  const labels = Object.entries(series.labels).sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  return Buffer.concat([
    ...labels.map(([name, value]) =>
      field(
        1,
        Buffer.concat([
          field(1, Buffer.from(name)),
          field(2, Buffer.from(value)),
        ]),
      ),
    ),
    ...series.samples.map(([time, value]) =>
      field(
        2,
        Buffer.concat([
          varint(1 * 8 + 1),
          double(value),
          varint(2 * 8 + 0),
          varint(time),
        ]),
      ),
    ),
  ]);
}

/** The block format of snappy, with all bytes as literals. */
function snappy(content: Buffer): Buffer {
  const parts: Buffer[] = [varint(content.length)];
  for (let at = 0; at < content.length; at += 60) {
    const literal = content.subarray(at, at + 60);
    parts.push(Buffer.from([(literal.length - 1) * 4]), literal);
  }
  return Buffer.concat(parts);
}

/**
 * Gives samples to a real Prometheus that was started with
 * `--web.enable-remote-write-receiver`, staleness markers included.
 */
export async function remoteWrite(
  prometheusUrl: string,
  recording: readonly RecordedSeries[],
): Promise<void> {
  const body = snappy(
    Buffer.concat(recording.map(series => field(1, timeSeries(series)))),
  );
  const response = await fetch(`${prometheusUrl}/api/v1/write`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-protobuf',
      'Content-Encoding': 'snappy',
      'X-Prometheus-Remote-Write-Version': '0.1.0',
    },
    body: new Uint8Array(body),
  });
  if (!response.ok) {
    throw new Error(
      `Prometheus at ${prometheusUrl} refused the samples: ${
        response.status
      } ${await response.text()}`,
    );
  }
}
