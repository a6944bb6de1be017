import { ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Writable } from 'node:stream';
import { ApiHandler } from './ApiHandler';
import type { ApiServerOptions } from './ApiServerOptions';
import { WaitingRequests } from './request/WaitingRequests';

export interface ApiServer {
  /** Such as `https://127.0.0.1:6443`. */
  url: string;
  port: number;
  /** Ends watches, waits at most two seconds for requests that run, and closes. */
  close(): Promise<void>;
}

const GRACE_MILLISECONDS = 2_000;
/** As long as Go's clients keep theirs, so that it is they who close. */
const KEPT_ALIVE_MILLISECONDS = 100_000;

/**
 * Serves the Kubernetes API over HTTPS on loopback.
 *
 * @throws Error when the port is taken
 */
export async function createApiServer(
  options: ApiServerOptions,
): Promise<ApiServer> {
  const { tls, host = '127.0.0.1', port, ...services } = options;
  const handler = new ApiHandler(services);
  const waiting = new WaitingRequests();
  const running = new Set<Promise<void>>();

  function serve(served: Promise<void>, answer: Writable): void {
    const ended = served.catch(() => {
      // Not even a refusal could be sent.
      answer.destroy();
    });
    running.add(ended);
    void ended.finally(() => running.delete(ended));
  }

  const server = createServer(
    {
      key: tls.key,
      cert: tls.cert,
      ca: tls.ca,
      // Who shows no certificate may have a token; one that is not trusted is refused by authentication.
      requestCert: true,
      rejectUnauthorized: false,
      minVersion: 'TLSv1.2',
      keepAliveTimeout: KEPT_ALIVE_MILLISECONDS,
      // Bodies have no deadline: a proxied request may take its time.
      requestTimeout: 0,
    },
    (request, response) =>
      serve(
        handler.handle(request, response, () => waiting.start(response)),
        response,
      ),
  );
  // Whatever is not upgraded is answered like any other request, and the connection ends.
  server.on('upgrade', (request, socket: Socket, head: Buffer) => {
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(socket);
    response.once('finish', () => socket.end());
    socket.on('error', () => socket.destroy());
    serve(
      handler.handle(request, response, () => waiting.start(socket), {
        socket,
        head,
      }),
      socket,
    );
  });
  // A handshake that fails is the client's matter; it sees why.
  server.on('tlsClientError', () => {});

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const { port: listening } = server.address() as AddressInfo;

  return {
    url: `https://${host}:${listening}`,
    port: listening,
    close: async () => {
      const closed = new Promise<void>(resolve =>
        server.close(() => resolve()),
      );
      waiting.close();
      server.closeIdleConnections();
      await Promise.race([
        Promise.all(running),
        new Promise<void>(resolve => {
          setTimeout(resolve, GRACE_MILLISECONDS).unref();
        }),
      ]);
      server.closeAllConnections();
      await closed;
      handler.close();
    },
  };
}
