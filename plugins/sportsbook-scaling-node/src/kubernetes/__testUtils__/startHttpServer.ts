import http from 'node:http';
import { AddressInfo } from 'node:net';

export interface HttpServer {
  url: string;
  stop(): Promise<void>;
}

/** A server on a free port of the loopback interface. */
export async function startHttpServer(
  handler: http.RequestListener,
): Promise<HttpServer> {
  const server = http.createServer(handler);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

export function answerJson(
  response: http.ServerResponse,
  body: unknown,
  status: number = 200,
): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
}
