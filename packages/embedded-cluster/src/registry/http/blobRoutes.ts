import { pipeline } from 'node:stream/promises';
import { parseDigest } from '../names';
import { RegistryError } from '../RegistryError';
import type { RegistryStorage } from '../storage/RegistryStorage';
import type { Exchange } from './Exchange';
import { readRange } from './readRange';

/** `GET` and `HEAD /v2/<name>/blobs/<digest>`; a blob is there for every repository. */
export async function sendBlob(
  { blobs }: RegistryStorage,
  exchange: Exchange,
  reference: string,
): Promise<void> {
  const digest = parseDigest(reference);
  const sizeBytes = await blobs.sizeBytes(digest);
  if (sizeBytes === undefined) {
    throw new RegistryError(
      'BLOB_UNKNOWN',
      `blob unknown to registry: ${digest}`,
    );
  }
  const headers = {
    'accept-ranges': 'bytes',
    'content-type': 'application/octet-stream',
    'docker-content-digest': digest,
    etag: `"${digest}"`,
  };
  const range = readRange(exchange.header('range'), sizeBytes);
  if (range === 'unsatisfiable') {
    exchange.send(416, { 'content-range': `bytes */${sizeBytes}` });
    return;
  }
  if (exchange.isHead) {
    exchange.send(200, { ...headers, 'content-length': sizeBytes });
    return;
  }
  if (range === undefined) {
    exchange.response.writeHead(200, {
      ...headers,
      'content-length': sizeBytes,
    });
  } else {
    exchange.response.writeHead(206, {
      ...headers,
      'content-length': range.end - range.start + 1,
      'content-range': `bytes ${range.start}-${range.end}/${sizeBytes}`,
    });
  }
  await pipeline(blobs.stream(digest, range), exchange.response);
}
