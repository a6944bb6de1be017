import { createServer, IncomingMessage, Server } from 'node:http';
import { AddressInfo } from 'node:net';

/** An HTTP server on a free port that answers GETs by path, and 404 to others. */
export class FakeGitHost {
  /** `METHOD path` with the credentials that came along, in order. */
  readonly questions: {
    question: string;
    headers: IncomingMessage['headers'];
  }[] = [];
  /** Status by path; `never` leaves the question open. */
  readonly answers: Record<string, number | 'never'> = {};
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      const path = request.url ?? '';
      this.questions.push({
        question: `${request.method} ${path}`,
        headers: request.headers,
      });
      const answer = this.answers[path] ?? 404;
      if (answer !== 'never') {
        response.writeHead(answer).end('{}');
      }
    });
  }

  static async start(): Promise<FakeGitHost> {
    const host = new FakeGitHost();
    await new Promise<void>(listening =>
      host.#server.listen(0, '127.0.0.1', listening),
    );
    return host;
  }

  /** `host:port` */
  get host(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `127.0.0.1:${port}`;
  }

  get url(): string {
    return `http://${this.host}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(closed => this.#server.close(closed));
  }
}
