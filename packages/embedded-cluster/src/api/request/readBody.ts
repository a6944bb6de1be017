import type { IncomingMessage } from 'node:http';
import { StatusError } from '../../model/StatusError';

/** Of one request, as in a real cluster. */
export const LIMIT_BYTES = 3 * 1024 * 1024;

/** @throws StatusError 413 */
export function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      // The rest is taken off the connection, so that the answer gets through.
      if (bytes <= LIMIT_BYTES) {
        chunks.push(chunk);
      } else {
        chunks.length = 0;
      }
    });
    request.on('end', () => {
      if (bytes > LIMIT_BYTES) {
        reject(
          new StatusError({
            code: 413,
            reason: 'RequestEntityTooLarge',
            message: `Request entity too large: limit is ${LIMIT_BYTES}`,
          }),
        );
      } else {
        resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
      }
    });
    request.on('error', reject);
    request.on('close', () => reject(new Error('the client went away')));
  });
}
