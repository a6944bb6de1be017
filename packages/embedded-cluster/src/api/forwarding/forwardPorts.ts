import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { z } from 'zod';
import type { ResourceType } from '../../model/ResourceType';
import { StatusError } from '../../model/StatusError';
import type { Authorizer } from '../../ports/Authorizer';
import type { ClusterNetwork } from '../../ports/ClusterNetwork';
import type { ClusterObjects } from '../../ports/ClusterObjects';
import { forbiddenError } from '../../runtime/forbiddenError';
import type { ResourceExchange } from '../request/Exchange';
import { accessOf } from '../request/requestInfo';
import { forwardPort } from './forwardPort';
import { serveSpdy } from './serveSpdy';
import type { SpdyStream } from './SpdyStream';

/** SPDY in the messages of a WebSocket: what kubectl has spoken by default since 1.31. */
const PROTOCOL = 'SPDY/3.1+portforward.k8s.io';

const podSchema = z.object({
  metadata: z.object({ name: z.string(), uid: z.string() }),
  status: z.object({ podIP: z.string().optional() }).default({}),
});

/**
 * `GET .../pods/<name>/portforward`, as a WebSocket: a pair of streams for
 * each connection of the client.
 *
 * @throws StatusError
 */
export async function forwardPorts(
  exchange: ResourceExchange,
  type: ResourceType,
  means: {
    objects: ClusterObjects;
    network: ClusterNetwork;
    authorizer: Authorizer;
  },
): Promise<void> {
  const { address, info, request, response, upgrade, user } = exchange;
  const { namespace = '', name = '' } = address;
  // A GET that changes something: as the API server, ask for both.
  const access = { ...accessOf(info), verb: 'create', user };
  const { allowed, reason } = means.authorizer.authorize(access);
  if (!allowed) {
    throw forbiddenError(access, reason);
  }
  const pod = podSchema.parse(means.objects.get(type, { namespace, name }));
  const offered = (request.headers['sec-websocket-protocol'] ?? '')
    .split(',')
    .map(one => one.trim());
  if (upgrade === undefined || !offered.includes(PROTOCOL)) {
    throw StatusError.notImplemented(
      'forwards ports over WebSockets only, as kubectl does from 1.31 on: use that, a Service of type NodePort, which listens on 127.0.0.1, or kubectl proxy',
    );
  }
  const signal = exchange.untilGone();
  const { createWebSocketStream, WebSocketServer } = await import('ws');
  response.detachSocket(upgrade.socket);
  const server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
  });
  // `ws` refuses the name, which has a slash and is no token: it is kept out of its sight.
  delete request.headers['sec-websocket-protocol'];
  server.on('headers', headers =>
    headers.push(`Sec-WebSocket-Protocol: ${PROTOCOL}`),
  );
  const socket = await new Promise<WebSocket>(resolve =>
    server.handleUpgrade(request, upgrade.socket, upgrade.head, resolve),
  );
  const connection: Duplex = createWebSocketStream(socket);
  signal.addEventListener('abort', () => socket.terminate());
  const pending = new Map<string, SpdyStream>();
  try {
    await serveSpdy(connection, stream => {
      const id = stream.headers.get('requestid') ?? '';
      const other = pending.get(id);
      if (other === undefined) {
        pending.set(id, stream);
        return;
      }
      pending.delete(id);
      const [data, error] =
        stream.headers.get('streamtype') === 'data'
          ? [stream, other]
          : [other, stream];
      void forwardPort({
        pod: pod.metadata,
        data,
        error,
        dial: port => means.network.dialPod(pod.status.podIP ?? '', port),
      });
    });
    socket.close(1_000);
  } catch {
    // It speaks something else, or has gone.
    socket.terminate();
  }
}
