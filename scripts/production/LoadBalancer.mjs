import { createServer, request as send } from 'node:http';

/** Hands requests to several servers in turn, as in front of replicas. */
export class LoadBalancer {
  #server;
  #turn = 0;
  #ports = [];

  constructor() {
    this.#server = createServer((request, response) => {
      const port = this.#ports[this.#turn % this.#ports.length];
      this.#turn += 1;
      request.pipe(
        send(
          {
            host: '127.0.0.1',
            port,
            method: request.method,
            path: request.url,
            headers: request.headers,
          },
          answer => {
            response.writeHead(answer.statusCode, answer.headers);
            answer.pipe(response);
          },
        ).on('error', () => response.writeHead(502).end()),
      );
    });
  }

  async start() {
    await new Promise(done => this.#server.listen(0, '127.0.0.1', done));
    return this;
  }

  get url() {
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  /** @param ports of the servers behind it, on the loopback interface */
  serve(ports) {
    this.#ports = ports;
  }

  async close() {
    this.#server.closeAllConnections();
    await new Promise(done => this.#server.close(done));
  }
}
