import http from 'node:http';
import { answerJson, HttpServer, startHttpServer } from './startHttpServer';

const DISCOVERY = {
  kind: 'APIGroupDiscoveryList',
  items: [
    {
      metadata: {},
      versions: [
        {
          version: 'v1',
          resources: [
            {
              resource: 'configmaps',
              responseKind: { kind: 'ConfigMap' },
              scope: 'Namespaced',
              verbs: ['get', 'list', 'watch'],
            },
          ],
        },
      ],
    },
  ],
};

/**
 * An API server with nothing but ConfigMaps to watch: each watch gets one
 * event at once, and is ended by the server after its `timeoutSeconds`.
 */
export class WatchedConfigMaps {
  /** Requests that came, watches included. */
  readonly requests: http.IncomingMessage[] = [];
  readonly openWatches = new Set<http.ServerResponse>();
  #server: HttpServer | undefined;

  async start(): Promise<this> {
    this.#server = await startHttpServer((request, response) => {
      this.requests.push(request);
      const url = new URL(request.url ?? '', 'http://server');
      if (url.pathname === '/api') {
        answerJson(response, DISCOVERY);
      } else if (url.pathname === '/apis') {
        answerJson(response, { ...DISCOVERY, items: [] });
      } else if (url.searchParams.get('watch') === 'true') {
        this.#watch(url, response);
      } else {
        answerJson(response, { gitVersion: 'v1.36.3' });
      }
    });
    return this;
  }

  get url(): string {
    return this.#server?.url ?? '';
  }

  async stop(): Promise<void> {
    await this.#server?.stop();
  }

  #watch(url: URL, response: http.ServerResponse): void {
    this.openWatches.add(response);
    response.on('close', () => this.openWatches.delete(response));
    response.writeHead(200, { 'Content-Type': 'application/json' });
    const metadata = { name: 'seen', namespace: 'betting' };
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata };
    response.write(`${JSON.stringify({ type: 'ADDED', object })}\n`);
    const timeout = setTimeout(
      () => response.end(),
      1000 * Number(url.searchParams.get('timeoutSeconds')),
    );
    response.on('close', () => clearTimeout(timeout));
  }
}
