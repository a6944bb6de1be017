import {
  AuthService,
  DiscoveryService,
  LifecycleService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { z } from 'zod';
import { BackstageRefusedError, ClusterUnreachableError } from '../../errors';
import { CallOptions, KubernetesClient } from '../../ports/KubernetesClient';
import { anySignal } from '../anySignal';
import { networkReason } from '../networkReason';
import { OpenStreams } from '../OpenStreams';
import { RestKubernetesClient } from '../RestKubernetesClient';
import { DEFAULT_ATTEMPT_TIMEOUT_SECONDS, RetryPolicy } from '../RetryPolicy';
import { BackstageProxyTransport } from './BackstageProxyTransport';
import { serviceToken } from './serviceToken';

export interface BackstageClusterClientsOptions {
  discovery: DiscoveryService;
  auth: AuthService;
  /** Given: open watches end when the plugin shuts down, which they would delay otherwise. */
  lifecycle?: LifecycleService;
  logger?: LoggerService;
  retry?: RetryPolicy;
}

const clustersSchema = z.object({
  items: z.array(z.object({ name: z.string() })),
});

/**
 * Clients for the clusters of Backstage's kubernetes plugin, whatever located
 * them and whatever credentials they have. One per plugin.
 */
export class BackstageClusterClients {
  readonly #options: BackstageClusterClientsOptions;
  readonly #streams = new OpenStreams();
  readonly #shared = new Map<string, KubernetesClient>();

  constructor(options: BackstageClusterClientsOptions) {
    this.#options = options;
    options.lifecycle?.addShutdownHook(() => this.close());
  }

  /**
   * The client of one cluster. Whether there is such a cluster shows with its
   * first call.
   *
   * @param options.userToken - Kubernetes token of a user, handed on in place of the cluster's own credential
   */
  client(
    cluster: string,
    options: { userToken?: string } = {},
  ): KubernetesClient {
    const { userToken } = options;
    if (userToken !== undefined) {
      return this.#create(cluster, userToken);
    }
    const shared = this.#shared.get(cluster) ?? this.#create(cluster);
    this.#shared.set(cluster, shared);
    return shared;
  }

  /** Names of all clusters that the kubernetes plugin knows. */
  async clusterNames(options: CallOptions = {}): Promise<string[]> {
    const base = await this.#options.discovery.getBaseUrl('kubernetes');
    const token = await serviceToken(this.#options.auth);
    const timeout = AbortSignal.timeout(
      1000 *
        (this.#options.retry?.attemptTimeoutSeconds ??
          DEFAULT_ATTEMPT_TIMEOUT_SECONDS),
    );
    try {
      const response = await fetch(`${base}/clusters`, {
        headers: { Authorization: `Bearer ${token}` },
        signal: anySignal(timeout, options.signal),
      });
      if (!response.ok) {
        throw new BackstageRefusedError(
          `Backstage's kubernetes plugin did not list its clusters (${response.status}). Check its configuration and log.`,
          response.status,
        );
      }
      const { items } = clustersSchema.parse(await response.json());
      return items.map(({ name }) => name);
    } catch (error) {
      options.signal?.throwIfAborted();
      if (error instanceof BackstageRefusedError) {
        throw error;
      }
      throw new ClusterUnreachableError(
        `Backstage's kubernetes plugin did not list its clusters: ${networkReason(
          error,
        )}`,
        error,
      );
    }
  }

  /** Ends all open watches, as if the servers had ended them. */
  close(): void {
    this.#streams.close();
  }

  #create(cluster: string, userToken?: string): KubernetesClient {
    const { discovery, auth, logger, retry } = this.#options;
    return new RestKubernetesClient(
      new BackstageProxyTransport({
        cluster,
        discovery,
        auth,
        userToken,
        streams: this.#streams,
        knownClusters: options => this.clusterNames(options),
        onHold: message => logger?.warn(message),
      }),
      retry,
    );
  }
}
