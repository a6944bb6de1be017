import { createServer } from 'node:http';
import { Agent, request } from 'node:https';

/** Hands requests on to an API server, as its administrator, and counts them. */
export class CountingProxy {
  #server;
  #agent;
  #counts = new Map();

  constructor(access) {
    const { server, ca, cert, key } = access;
    this.#agent = new Agent({ keepAlive: true, ca, cert, key });
    this.#server = createServer((incoming, outgoing) => {
      const { method, url, headers } = incoming;
      this.#counts.set(method, (this.#counts.get(method) ?? 0) + 1);
      const { host, ...rest } = headers;
      const sent = request(
        `${server}${url}`,
        { method, agent: this.#agent, headers: rest },
        answer => {
          outgoing.writeHead(answer.statusCode, answer.headers);
          answer.pipe(outgoing);
        },
      );
      sent.on('error', () => outgoing.destroy());
      outgoing.on('close', () => sent.destroy());
      incoming.pipe(sent);
    });
  }

  /** @returns its URL */
  async listen() {
    await new Promise(resolve => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  /** Requests since the last call, by method, and `all` of them. */
  take() {
    const counts = Object.fromEntries(this.#counts);
    this.#counts.clear();
    return {
      ...counts,
      all: Object.values(counts).reduce((sum, one) => sum + one, 0),
    };
  }

  close() {
    this.#agent.destroy();
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
