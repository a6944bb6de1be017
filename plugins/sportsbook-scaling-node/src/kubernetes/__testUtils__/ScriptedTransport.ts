import {
  KubernetesTransport,
  TransportAnswer,
  TransportRequest,
} from '../KubernetesTransport';
import { RestKubernetesClient } from '../RestKubernetesClient';

/** What an API server of the core group answers that serves these kinds. */
export const discovery = (...kinds: string[]) => ({
  kind: 'APIGroupDiscoveryList',
  items: [
    {
      metadata: {},
      versions: [
        {
          version: 'v1',
          resources: kinds.map(kind => ({
            resource: `${kind.toLowerCase()}s`,
            responseKind: { kind },
            scope: 'Namespaced',
            verbs: ['get', 'list', 'watch', 'patch'],
          })),
        },
      ],
    },
  ],
});

export interface Reply {
  status?: number;
  body: unknown;
  headers?: Record<string, string>;
}

/** Answers from a function, and keeps what it was asked. */
export class ScriptedTransport implements KubernetesTransport {
  readonly cluster = 'dev';
  readonly asked: TransportRequest[] = [];
  readonly #reply: (path: string, request: TransportRequest) => Reply;

  constructor(reply: (path: string, request: TransportRequest) => Reply) {
    this.#reply = reply;
  }

  async send(request: TransportRequest): Promise<TransportAnswer> {
    this.asked.push(request);
    const {
      status = 200,
      body,
      headers,
    } = request.path === '/apis'
      ? { body: { ...discovery(), items: [] } }
      : this.#reply(request.path, request);
    return {
      status,
      headers: new Headers(headers),
      text: typeof body === 'string' ? body : JSON.stringify(body),
    };
  }

  async open(request: TransportRequest) {
    const { status, headers, text } = await this.send(request);
    // Cut in the middle of lines, and of characters.
    const bytes = Buffer.from(text);
    async function* chunks() {
      for (let start = 0; start < bytes.length; start += 7) {
        yield bytes.subarray(start, start + 7);
      }
    }
    return { status, headers, chunks: chunks() };
  }
}

/** A client of a server that serves pods and answers everything else from a function. */
export function clientOf(
  reply: (path: string, request: TransportRequest) => Reply,
) {
  const transport = new ScriptedTransport((path, request) =>
    path === '/api' ? { body: discovery('Pod') } : reply(path, request),
  );
  return {
    transport,
    client: new RestKubernetesClient(transport, { budgetSeconds: 0 }),
  };
}
