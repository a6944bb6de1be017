import { once } from 'node:events';
import { Agent, request } from 'node:https';
import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

export interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  text: string;
  /** Undefined for a body that is no JSON. */
  json: any;
}

export interface Call {
  method?: string;
  headers?: Record<string, string>;
  /** An object is sent as JSON. */
  body?: unknown;
}

async function answerOf(response: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) {
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString();
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    text,
    json: parse(text),
  };
}

/** Speaks HTTPS to a test's server, over connections that are kept. */
export class ApiClient {
  readonly #agent: Agent;
  readonly #port: number;
  readonly #streams = new Set<ClientRequest>();

  constructor(options: {
    port: number;
    ca: string;
    cert: string;
    key: string;
  }) {
    const { port, ...tls } = options;
    this.#port = port;
    this.#agent = new Agent({ keepAlive: true, ...tls });
  }

  close(): void {
    this.#streams.forEach(stream => stream.destroy());
    this.#agent.destroy();
  }

  async call(path: string, call: Call = {}): Promise<Answer> {
    return answerOf(await this.#send(path, call));
  }

  /** Asks for another protocol. @returns the connection, or the answer that refuses it */
  async upgrade(
    path: string,
    headers: Record<string, string>,
  ): Promise<{ socket: Duplex; headers: IncomingMessage['headers'] } | Answer> {
    const { key, cert, ca } = this.#agent.options;
    const asked = request({
      port: this.#port,
      path,
      key,
      cert,
      ca,
      agent: false,
      headers: { connection: 'Upgrade', ...headers },
    });
    this.#streams.add(asked);
    asked.end();
    const [response, socket] = await Promise.race([
      once(asked, 'upgrade'),
      once(asked, 'response'),
    ]);
    return socket === undefined
      ? answerOf(response)
      : { socket, headers: response.headers };
  }

  /** The events of a watch, as they come; the loop that is left ends it. */
  async *watch(path: string, call: Call = {}): AsyncGenerator<any> {
    const response = await this.#send(path, call);
    let rest = '';
    for await (const chunk of response) {
      rest += chunk;
      const lines = rest.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        yield JSON.parse(line);
      }
    }
  }

  async apply(
    path: string,
    body: unknown,
    query = 'fieldManager=test',
  ): Promise<Answer> {
    return await this.call(`${path}?${query}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/apply-patch+yaml' },
      body,
    });
  }

  #send(path: string, call: Call): Promise<IncomingMessage> {
    const { method = 'GET', headers = {}, body } = call;
    const sent =
      body === undefined || typeof body === 'string' || Buffer.isBuffer(body)
        ? body
        : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const outgoing = request(
        {
          host: '127.0.0.1',
          port: this.#port,
          path,
          method,
          agent: this.#agent,
          // Else the certificate is held against a `Host` that a test makes up.
          servername: 'localhost',
          headers: {
            ...(sent === undefined
              ? {}
              : {
                  'content-type': 'application/json',
                  'content-length': Buffer.byteLength(sent),
                }),
            ...headers,
          },
        },
        resolve,
      );
      this.#streams.add(outgoing);
      outgoing.on('close', () => this.#streams.delete(outgoing));
      outgoing.on('error', reject);
      outgoing.end(sent);
    });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
