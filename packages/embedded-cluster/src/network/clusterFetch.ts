import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { DialAnswer } from '../ports/ClusterNetwork';

const MAX_REDIRECTS = 20;
const EMPTY_STATUS = new Set([101, 204, 205, 304]);

/**
 * `fetch` over the cluster's network. Over `node:http`, because Node's own
 * `fetch` takes neither another address nor a Host header of the caller's, and
 * its undici is reached only through a second copy from npm.
 */
export function createClusterFetch(
  dial: (host: string, port: number) => DialAnswer,
): {
  fetch(url: string, init?: RequestInit): Promise<Response>;
  close(): void;
} {
  const agent = new Agent({ keepAlive: true, timeout: 60_000 });

  async function once(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const secure = url.protocol === 'https:';
    const usualPort = secure ? 443 : 80;
    const port = url.port === '' ? usualPort : Number(url.port);
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const answer = dial(host, port);
    if (answer.status !== 'ok') {
      throw unreachable(host, port, answer.status);
    }
    const headers = Object.fromEntries(request.headers);
    headers['accept-encoding'] ??= 'gzip, deflate, br';
    const options = {
      host: answer.address.host,
      port: answer.address.port,
      path: `${url.pathname}${url.search}`,
      method: request.method,
      headers: { ...headers, host: url.host },
      signal: request.signal,
    };
    const outgoing = secure
      ? httpsRequest({ ...options, servername: host })
      : httpRequest({ ...options, agent });
    const answered = new Promise<IncomingMessage>((resolve, reject) => {
      outgoing.once('response', resolve);
      outgoing.once('error', reject);
    });
    // Whole at once: what is asked within the cluster is small.
    outgoing.end(
      request.body ? Buffer.from(await request.arrayBuffer()) : undefined,
    );
    try {
      return toResponse(await answered);
    } catch (error) {
      if (request.signal.aborted) {
        throw request.signal.reason;
      }
      throw new TypeError('fetch failed', { cause: error });
    }
  }

  return {
    async fetch(url, init = {}) {
      const redirect = init.redirect ?? 'follow';
      let request = new Request(url, init);
      for (let followed = 0; ; followed += 1) {
        const response = await once(request);
        const location = response.headers.get('location');
        if (
          redirect !== 'follow' ||
          location === null ||
          response.status < 300 ||
          response.status > 399 ||
          (request.method !== 'GET' && request.method !== 'HEAD')
        ) {
          return response;
        }
        if (followed === MAX_REDIRECTS) {
          throw new TypeError('fetch failed', {
            cause: new Error(
              `${url} redirects more than ${MAX_REDIRECTS} times`,
            ),
          });
        }
        await response.body?.cancel();
        request = new Request(new URL(location, request.url), {
          method: request.method,
          headers: request.headers,
          signal: request.signal,
        });
      }
    },
    close: () => agent.destroy(),
  };
}

function toResponse(incoming: IncomingMessage): Response {
  const headers = new Headers();
  for (let index = 0; index < incoming.rawHeaders.length; index += 2) {
    headers.append(incoming.rawHeaders[index], incoming.rawHeaders[index + 1]);
  }
  const status = incoming.statusCode ?? 502;
  if (EMPTY_STATUS.has(status)) {
    incoming.resume();
    return new Response(null, { status, headers });
  }
  return new Response(toWebStream(decoded(incoming)), {
    status,
    statusText: incoming.statusMessage ?? '',
    headers,
  });
}

function decoded(incoming: IncomingMessage): Readable {
  const decoder = {
    gzip: createGunzip,
    deflate: createInflate,
    br: createBrotliDecompress,
  }[incoming.headers['content-encoding'] ?? ''];
  if (!decoder) {
    return incoming;
  }
  const stream = decoder();
  pipeline(incoming, stream).catch(error => stream.destroy(error));
  return stream;
}

/** Written out, because `Readable.toWeb` has another type of stream than `Response` takes. */
function toWebStream(stream: Readable): ReadableStream<Uint8Array> {
  const chunks: AsyncIterator<Buffer> = stream[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done) {
          controller.close();
        } else {
          controller.enqueue(new Uint8Array(value));
        }
      },
      cancel: reason => {
        stream.destroy(reason instanceof Error ? reason : undefined);
      },
    },
    { highWaterMark: 0 },
  );
}

function unreachable(
  host: string,
  port: number,
  status: 'unknown' | 'refused',
): TypeError {
  const cause =
    status === 'unknown'
      ? Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), {
          code: 'ENOTFOUND',
          syscall: 'getaddrinfo',
          hostname: host,
        })
      : Object.assign(new Error(`connect ECONNREFUSED ${host}:${port}`), {
          code: 'ECONNREFUSED',
          syscall: 'connect',
          address: host,
          port,
        });
  return new TypeError('fetch failed', { cause });
}
