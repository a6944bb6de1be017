import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';

/**
 * Longer than the idle time of usual load balancers (60 s), so that they and
 * not this server end an idle connection: the other way round costs a request.
 */
const KEEP_ALIVE_MILLISECONDS = 65_000;

/** Resolves once the server accepts connections; port 0 takes a free one. */
export async function listen(
  app: RequestListener,
  port: number,
): Promise<Server> {
  const server = createServer(
    {
      keepAliveTimeout: KEEP_ALIVE_MILLISECONDS,
      headersTimeout: KEEP_ALIVE_MILLISECONDS + 1_000,
    },
    app,
  );
  server.listen(port);
  await once(server, 'listening');
  return server;
}
