import { AuthService, DiscoveryService } from '@backstage/backend-plugin-api';
import { anySignal } from '../anySignal';
import {
  KubernetesTransport,
  TransportAnswer,
  TransportRequest,
  TransportStream,
} from '../KubernetesTransport';
import { networkReason } from '../networkReason';
import { OpenStreams } from '../OpenStreams';
import {
  errorFromBackstage,
  unreachableBehindBackstage,
} from './errorFromBackstage';
import { serviceToken } from './serviceToken';
import { untilServing } from './untilServing';

export interface BackstageProxyTransportOptions {
  /** Name of the cluster as the kubernetes plugin knows it. */
  cluster: string;
  discovery: DiscoveryService;
  auth: AuthService;
  /** Kubernetes token of a user, who then is the one the cluster's rules judge. */
  userToken?: string;
  /** Names that are known, for the message when this one is not. */
  knownClusters?: (options: { signal?: AbortSignal }) => Promise<string[]>;
  /** Streams that are ended together. Default: this transport's own. */
  streams?: OpenStreams;
  /** Told once for each call that is held. */
  onHold?: (message: string) => void;
}

/**
 * Through the kubernetes backend's proxy, as our own service principal. Calls
 * are held while Backstage is starting or shutting down.
 */
export class BackstageProxyTransport implements KubernetesTransport {
  readonly cluster: string;
  readonly hasUserToken: boolean;
  readonly #options: BackstageProxyTransportOptions;
  readonly #streams: OpenStreams;

  constructor(options: BackstageProxyTransportOptions) {
    this.cluster = options.cluster;
    this.hasUserToken = options.userToken !== undefined;
    this.#options = options;
    this.#streams = options.streams ?? new OpenStreams();
  }

  /** Ends all open streams; for a shutdown hook. */
  close(): void {
    this.#streams.close();
  }

  async send(request: TransportRequest): Promise<TransportAnswer> {
    return await this.#untilServing(request.signal, async () => {
      const timeout = AbortSignal.timeout(request.timeoutSeconds * 1000);
      const response = await this.#fetch(request, timeout);
      return await this.#text(response, request);
    });
  }

  async open(request: TransportRequest): Promise<TransportStream> {
    const controller = this.#streams.start();
    try {
      const { signal } = request;
      const opened = await this.#untilServing(
        anySignal(controller.signal, signal),
        () => this.#openOnce(request, controller.signal),
      );
      return {
        status: opened.status,
        headers: opened.headers,
        chunks: this.#streams.carry(opened.chunks, {
          controller,
          signal,
          errorOf: error =>
            unreachableBehindBackstage(
              this.cluster,
              networkReason(error),
              error,
            ),
        }),
      };
    } catch (error) {
      this.#streams.forget(controller);
      if (this.#streams.closed && !request.signal?.aborted) {
        return await untilAborted(request.signal);
      }
      request.signal?.throwIfAborted();
      throw error;
    }
  }

  /** A refusal is read as a whole, since Backstage may be its author. */
  async #openOnce(
    request: TransportRequest,
    closed: AbortSignal,
  ): Promise<TransportStream & { text: string }> {
    const connecting = new AbortController();
    const timer = setTimeout(
      () =>
        connecting.abort(
          new Error(`no answer within ${request.timeoutSeconds} s`),
        ),
      request.timeoutSeconds * 1000,
    );
    try {
      const response = await this.#fetch(
        request,
        anySignal(connecting.signal, closed),
      );
      if (response.ok && response.body) {
        const { status, headers, body } = response;
        return { status, headers, text: '', chunks: body };
      }
      const answer = await this.#text(response, request);
      return { ...answer, chunks: chunksOf(answer.text) };
    } finally {
      clearTimeout(timer);
    }
  }

  async #fetch(
    request: TransportRequest,
    limit: AbortSignal,
  ): Promise<Response> {
    const { discovery, userToken } = this.#options;
    const base = await discovery.getBaseUrl('kubernetes');
    const token = await serviceToken(this.#options.auth);
    try {
      return await fetch(`${base}/proxy${request.path}`, {
        method: request.method,
        headers: {
          ...request.headers,
          // Anything else is compressed on the way, and a compressed watch comes when it ends.
          'Accept-Encoding': 'identity',
          Authorization: `Bearer ${token}`,
          'Backstage-Kubernetes-Cluster': this.cluster,
          ...(userToken === undefined
            ? {}
            : { 'Backstage-Kubernetes-Authorization': `Bearer ${userToken}` }),
        },
        body: request.body,
        redirect: 'manual',
        signal: anySignal(limit, request.signal),
      });
    } catch (error) {
      throw this.#failed(error, request);
    }
  }

  async #text(
    response: Response,
    request: TransportRequest,
  ): Promise<TransportAnswer> {
    const { status, headers } = response;
    try {
      return { status, headers, text: await response.text() };
    } catch (error) {
      throw this.#failed(error, request);
    }
  }

  #untilServing<T extends TransportAnswer>(
    signal: AbortSignal | undefined,
    attempt: () => Promise<T>,
  ): Promise<T> {
    const { cluster } = this;
    const { knownClusters, onHold } = this.#options;
    return untilServing(attempt, {
      errorOf: (answer, status) =>
        errorFromBackstage(answer, { cluster, status, knownClusters, signal }),
      onHold: () =>
        onHold?.(
          `Backstage's kubernetes plugin is not serving; holding calls to cluster ${cluster} until it does`,
        ),
      signal,
    });
  }

  #failed(error: unknown, request: TransportRequest): Error {
    request.signal?.throwIfAborted();
    return unreachableBehindBackstage(
      this.cluster,
      `Backstage's kubernetes plugin did not answer: ${networkReason(error)}`,
      error,
    );
  }
}

async function* chunksOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text, 'utf-8');
}

/** After `close` the process is about to end; whoever opens a stream now is held like any other call. */
function untilAborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) =>
    signal?.addEventListener('abort', () => reject(signal.reason), {
      once: true,
    }),
  );
}
