import {
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
} from 'node:http';
import { request as httpsRequest } from 'node:https';
import { pipeline } from 'node:stream/promises';
import { commonHeaders } from '../answer/send';
import type { ResourceExchange } from '../request/Exchange';
import { unavailable, type ProxyTarget } from './proxyTarget';
import { messageOf } from '../../runtime/messageOf';

/** Of one connection (RFC 9110, 7.6.1), or meant for the API server alone. */
const NOT_HANDED_ON = new Set([
  'authorization',
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * Hands a request on to a Service or a pod, and its answer back.
 *
 * @param path - behind `/proxy`, with a slash at its start
 * @throws StatusError 503 where nothing answers
 */
export async function proxyRequest(
  exchange: ResourceExchange,
  target: ProxyTarget,
  path: string,
): Promise<void> {
  const { request, response, info, search } = exchange;
  const signal = exchange.untilGone();
  const { host, port } = target.address;
  const send = target.scheme === 'https' ? httpsRequest : httpRequest;
  const outgoing = send({
    host,
    port,
    method: request.method,
    path: `${path}${search}`,
    headers: {
      ...handedOn(request.headers),
      'x-forwarded-for': request.socket.remoteAddress ?? '127.0.0.1',
      'x-forwarded-uri': info.path,
    },
    signal,
    // Certificates of pods are made for names that lead nowhere here.
    rejectUnauthorized: false,
  });
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    outgoing.on('response', resolve);
    outgoing.on('error', reject);
    request.pipe(outgoing);
  }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw unavailable(`error trying to reach service: ${messageOf(error)}`);
  });
  const prefix = info.path.endsWith(path)
    ? info.path.slice(0, -path.length)
    : info.path;
  response.writeHead(answer.statusCode ?? 502, {
    ...commonHeaders(),
    ...withOwnLocation(handedOn(answer.headers), prefix),
  });
  response.flushHeaders();
  // An answer that breaks off has to break off here too, for its reader to notice.
  await pipeline(answer, response).catch(() => response.destroy());
}

function handedOn(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  return Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) => !NOT_HANDED_ON.has(name) && !name.startsWith('impersonate-'),
    ),
  );
}

/** A redirect within the target stays behind the proxy. */
function withOwnLocation(
  headers: OutgoingHttpHeaders,
  prefix: string,
): OutgoingHttpHeaders {
  const { location, ...rest } = headers;
  if (typeof location !== 'string') {
    return headers;
  }
  return {
    ...rest,
    location: /^\/(?!\/)/.test(location) ? `${prefix}${location}` : location,
  };
}
