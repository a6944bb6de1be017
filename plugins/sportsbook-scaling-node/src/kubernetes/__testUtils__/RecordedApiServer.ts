import { readFile, writeFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import { AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';

const RECORDING = path.join(__dirname, '../__fixtures__/apiServer.json');

interface Exchange {
  method: string;
  path: string;
  body?: string;
  status: number;
  headers: [string, string][];
  chunks: { afterMilliseconds: number; text: string }[];
}

/** Where requests are sent on to while recording. */
export interface Upstream {
  server: string;
  options: () => Promise<https.RequestOptions>;
}

/**
 * An HTTP server that answers as a real API server did, chunk by chunk and
 * with its pauses; or, given an upstream, hands everything on to that.
 */
export class RecordedApiServer {
  readonly #server: http.Server;
  readonly #exchanges: Exchange[];
  readonly #used = new Set<Exchange>();
  readonly #upstream: Upstream | undefined;
  /** Requests for which the recording has no answer. */
  readonly unknown: string[] = [];

  private constructor(exchanges: Exchange[], upstream?: Upstream) {
    this.#exchanges = exchanges;
    this.#upstream = upstream;
    this.#server = http.createServer((request, response) => {
      this.#answer(request, response).catch(error => {
        response.destroy(error);
      });
    });
  }

  static async start(upstream?: Upstream): Promise<RecordedApiServer> {
    const exchanges: Exchange[] = upstream
      ? []
      : JSON.parse(await readFile(RECORDING, 'utf-8'));
    const server = new RecordedApiServer(exchanges, upstream);
    await new Promise<void>(resolve =>
      server.#server.listen(0, '127.0.0.1', resolve),
    );
    return server;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  /** Replaces the recording by what was handed on. */
  async save(): Promise<void> {
    await writeFile(
      RECORDING,
      `${JSON.stringify(this.#exchanges, undefined, 1)}\n`,
    );
  }

  async #answer(
    request: http.IncomingMessage,
    response: http.ServerResponse,
  ): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) {
      parts.push(part);
    }
    const body = Buffer.concat(parts).toString('utf-8');
    if (this.#upstream) {
      await this.#handOn(this.#upstream, request, body, response);
    } else {
      await this.#replay(request, body, response);
    }
  }

  async #replay(
    request: http.IncomingMessage,
    body: string,
    response: http.ServerResponse,
  ): Promise<void> {
    const same = this.#exchanges.filter(
      exchange =>
        exchange.method === request.method &&
        exchange.path === request.url &&
        (exchange.body ?? '') === body,
    );
    // A question that is asked once more than when it was recorded has its last answer.
    const exchange =
      same.find(candidate => !this.#used.has(candidate)) ?? same.at(-1);
    if (!exchange) {
      this.unknown.push(`${request.method} ${request.url} ${body}`);
      response.writeHead(501).end();
      return;
    }
    this.#used.add(exchange);
    for (const [name, value] of exchange.headers) {
      response.appendHeader(name, value);
    }
    response.writeHead(exchange.status);
    response.flushHeaders();
    for (const { afterMilliseconds, text } of exchange.chunks) {
      await setTimeout(afterMilliseconds);
      response.write(text);
    }
    response.end();
  }

  async #handOn(
    upstream: Upstream,
    request: http.IncomingMessage,
    body: string,
    response: http.ServerResponse,
  ): Promise<void> {
    const options = await upstream.options();
    const { accept, 'content-type': contentType } = request.headers;
    const answer = await new Promise<http.IncomingMessage>((resolve, reject) =>
      https
        .request(
          `${upstream.server}${request.url}`,
          {
            ...options,
            method: request.method,
            headers: {
              ...options.headers,
              ...(accept ? { accept } : {}),
              ...(contentType ? { 'content-type': contentType } : {}),
              'content-length': Buffer.byteLength(body),
            },
          },
          resolve,
        )
        .on('error', reject)
        .end(body),
    );
    const exchange: Exchange = {
      method: request.method ?? '',
      path: request.url ?? '',
      ...(body === '' ? {} : { body }),
      status: answer.statusCode ?? 0,
      headers: keptHeaders(answer),
      chunks: [],
    };
    this.#exchanges.push(exchange);
    response.writeHead(exchange.status, exchange.headers.flat());
    response.flushHeaders();
    let last = performance.now();
    for await (const chunk of answer) {
      const now = performance.now();
      exchange.chunks.push({
        afterMilliseconds: Math.round(now - last),
        text: chunk.toString(),
      });
      last = now;
      response.write(chunk);
    }
    exchange.chunks.push({
      afterMilliseconds: Math.round(performance.now() - last),
      text: '',
    });
    response.end();
  }
}

function keptHeaders(answer: http.IncomingMessage): [string, string][] {
  return ['audit-id', 'content-type', 'etag', 'retry-after', 'warning'].flatMap(
    name =>
      (answer.headersDistinct[name] ?? []).map((value): [string, string] => [
        name,
        value,
      ]),
  );
}
