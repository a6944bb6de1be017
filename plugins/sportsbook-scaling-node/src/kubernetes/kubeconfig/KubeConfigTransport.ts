import http from 'node:http';
import https from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';
import { ClusterUnreachableError } from '../../errors';
import { anySignal } from '../anySignal';
import {
  KubernetesTransport,
  TransportAnswer,
  TransportRequest,
  TransportStream,
} from '../KubernetesTransport';
import { networkReason } from '../networkReason';
import { OpenStreams } from '../OpenStreams';

/**
 * Straight to the API server of a kubeconfig's current context, with its
 * certificates, tokens or exec plugin. Only authentication and TLS come from
 * client-node: its typed models would drop what they do not know.
 */
export class KubeConfigTransport implements KubernetesTransport {
  readonly cluster: string;
  readonly #kubeConfig: KubeConfig;
  readonly #server: string;
  readonly #streams = new OpenStreams();
  readonly #agents = {
    'http:': new http.Agent({ keepAlive: true }),
    'https:': new https.Agent({ keepAlive: true }),
  };

  constructor(options: { kubeConfig: KubeConfig; server: string }) {
    this.#kubeConfig = options.kubeConfig;
    this.#server = options.server.replace(/\/$/, '');
    this.cluster = options.kubeConfig.getCurrentContext();
  }

  /** Ends all open streams and idle connections. */
  close(): void {
    this.#streams.close();
    this.#agents['http:'].destroy();
    this.#agents['https:'].destroy();
  }

  async send(request: TransportRequest): Promise<TransportAnswer> {
    const limit = AbortSignal.timeout(request.timeoutSeconds * 1000);
    try {
      const message = await this.#request(
        request,
        anySignal(limit, request.signal),
      );
      const parts: Buffer[] = [];
      for await (const part of message) {
        parts.push(part);
      }
      return {
        ...headOf(message),
        text: Buffer.concat(parts).toString('utf-8'),
      };
    } catch (error) {
      request.signal?.throwIfAborted();
      throw this.#unreachable(
        limit.aborted
          ? `no answer within ${request.timeoutSeconds} s`
          : networkReason(error),
        error,
      );
    }
  }

  async open(request: TransportRequest): Promise<TransportStream> {
    const controller = this.#streams.start();
    const connecting = new AbortController();
    const timer = setTimeout(
      () => connecting.abort(),
      request.timeoutSeconds * 1000,
    );
    try {
      const message = await this.#request(
        request,
        anySignal(connecting.signal, controller.signal, request.signal),
      );
      return {
        ...headOf(message),
        chunks: this.#streams.carry(message, {
          controller,
          signal: request.signal,
          errorOf: error => this.#unreachable(networkReason(error), error),
        }),
      };
    } catch (error) {
      this.#streams.forget(controller);
      request.signal?.throwIfAborted();
      throw this.#unreachable(
        connecting.signal.aborted
          ? `no answer within ${request.timeoutSeconds} s`
          : networkReason(error),
        error,
      );
    } finally {
      clearTimeout(timer);
    }
  }

  async #request(
    request: TransportRequest,
    signal: AbortSignal,
  ): Promise<http.IncomingMessage> {
    const url = new URL(`${this.#server}${request.path}`);
    const credentials: https.RequestOptions = {};
    await this.#kubeConfig.applyToHTTPSOptions(credentials);
    const { agent: ownAgent, ...tls } = credentials;
    const viaProxy = this.#kubeConfig.getCurrentCluster()?.proxyUrl;
    const secure = url.protocol === 'https:';
    const body =
      request.body === undefined ? undefined : Buffer.from(request.body);
    const { request: start } = secure ? https : http;
    return await new Promise((resolve, reject) => {
      const outgoing = start(
        url,
        {
          ...tls,
          // A pool of connections, but for a proxy, whose agent is client-node's.
          agent: viaProxy
            ? ownAgent
            : this.#agents[secure ? 'https:' : 'http:'],
          method: request.method,
          headers: {
            ...request.headers,
            ...tls.headers,
            ...(body === undefined ? {} : { 'Content-Length': body.length }),
          },
          signal,
        },
        resolve,
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }

  #unreachable(reason: string, cause: unknown): ClusterUnreachableError {
    return new ClusterUnreachableError(
      `Cluster ${this.cluster} cannot be reached: ${reason}. Check that it runs, and the server and credentials of its context in the kubeconfig.`,
      cause,
    );
  }
}

function headOf(message: http.IncomingMessage): {
  status: number;
  headers: Headers;
} {
  const headers = new Headers();
  for (const [name, values] of Object.entries(message.headersDistinct)) {
    for (const value of values ?? []) {
      headers.append(name, value);
    }
  }
  return { status: message.statusCode ?? 0, headers };
}
