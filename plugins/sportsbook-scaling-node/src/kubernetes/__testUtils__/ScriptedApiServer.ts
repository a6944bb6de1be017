import http from 'node:http';
import { kubeConfigClient } from '../kubeconfig/kubeConfigClient';
import { KubernetesClient } from '../../ports/KubernetesClient';
import { RetryPolicy } from '../RetryPolicy';
import { answerJson, HttpServer, startHttpServer } from './startHttpServer';

/** What a kind's requests are answered. */
export type ScriptedReply =
  | { status: number; text: string; headers?: Record<string, string> }
  /** Takes the request and closes the connection. */
  | 'hang up'
  /** Takes the request and never answers. */
  | 'silence';

interface ServedKind {
  apiVersion: string;
  kind: string;
  plural: string;
}

const SERVED: ServedKind[] = [
  { apiVersion: 'v1', kind: 'ConfigMap', plural: 'configmaps' },
  { apiVersion: 'apps/v1', kind: 'Deployment', plural: 'deployments' },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    plural: 'roles',
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    plural: 'rolebindings',
  },
  {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    plural: 'scaledobjects',
  },
  {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'ServiceMonitor',
    plural: 'servicemonitors',
  },
];

function discoveryOf(kinds: ServedKind[]) {
  const groups = new Map<string, ServedKind[]>();
  for (const kind of kinds) {
    const members = groups.get(kind.apiVersion) ?? [];
    groups.set(kind.apiVersion, [...members, kind]);
  }
  return {
    kind: 'APIGroupDiscoveryList',
    items: [...groups].map(([apiVersion, members]) => {
      const parts = apiVersion.split('/');
      return {
        metadata: parts.length === 2 ? { name: parts[0] } : {},
        versions: [
          {
            version: parts.at(-1),
            resources: members.map(({ kind, plural }) => ({
              resource: plural,
              responseKind: { kind },
              scope: 'Namespaced',
              verbs: ['get', 'patch', 'delete'],
            })),
          },
        ],
      };
    }),
  };
}

/**
 * An API server over real HTTP that answers everything but discovery from a
 * script: one reply after the other, the last of them again and again.
 */
export class ScriptedApiServer {
  /** `METHOD path` of each request that was answered from the script. */
  readonly requests: string[] = [];
  readonly #closing: (() => void)[] = [];
  #replies: ScriptedReply[] = [];
  #server: HttpServer | undefined;

  async start(): Promise<this> {
    this.#server = await startHttpServer((request, response) => {
      request.resume().once('end', () => this.#answer(request, response));
    });
    return this;
  }

  /** Forgets what was asked, and answers from now on as the replies say. */
  script(...replies: ScriptedReply[]): void {
    this.#replies = replies;
    this.requests.length = 0;
  }

  async client(retry: RetryPolicy): Promise<KubernetesClient> {
    const { KubeConfig } = await import('@kubernetes/client-node');
    const kubeConfig = new KubeConfig();
    kubeConfig.loadFromOptions({
      clusters: [
        { name: 'dev', server: this.#server?.url ?? '', skipTLSVerify: true },
      ],
      users: [{ name: 'me', token: 'any' }],
      contexts: [{ name: 'dev', cluster: 'dev', user: 'me' }],
    });
    const { client, close } = await kubeConfigClient({
      kubeConfig,
      context: 'dev',
      retry,
    });
    this.#closing.push(close);
    return client;
  }

  async stop(): Promise<void> {
    this.#closing.forEach(close => close());
    await this.#server?.stop();
  }

  #answer(request: http.IncomingMessage, response: http.ServerResponse): void {
    const { pathname } = new URL(request.url ?? '', 'http://server');
    if (pathname === '/api' || pathname === '/apis') {
      const isCore = pathname === '/api';
      answerJson(
        response,
        discoveryOf(
          SERVED.filter(({ apiVersion }) => (apiVersion === 'v1') === isCore),
        ),
      );
      return;
    }
    const reply =
      this.#replies[Math.min(this.requests.length, this.#replies.length - 1)];
    this.requests.push(`${request.method} ${pathname}`);
    if (reply === 'hang up') {
      request.socket.destroy();
    } else if (reply !== 'silence') {
      const { status, headers, text } = reply;
      response.writeHead(status, {
        'Content-Type': text.startsWith('{')
          ? 'application/json'
          : 'text/plain; charset=utf-8',
        ...headers,
      });
      response.end(text);
    }
  }
}
