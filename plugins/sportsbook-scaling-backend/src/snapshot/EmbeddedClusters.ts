import { EMBEDDED_CLUSTER } from '@sportsbook/plugin-sportsbook-scaling-common';
import { ClusterClients } from '../ClusterClients';

/** Which clusters say of themselves that they are the embedded one; asked once. */
export class EmbeddedClusters {
  readonly #clusters: Pick<ClusterClients, 'forCluster'>;
  readonly #timeoutSeconds: number;
  readonly #known = new Map<string, boolean>();

  constructor(options: {
    clusters: Pick<ClusterClients, 'forCluster'>;
    sourceTimeoutSeconds: number;
  }) {
    this.#clusters = options.clusters;
    this.#timeoutSeconds = options.sourceTimeoutSeconds;
  }

  /** Undefined where it is not, or does not say: asked again next time. */
  async isEmbedded(
    cluster: string,
    options: { signal?: AbortSignal } = {},
  ): Promise<true | undefined> {
    const known = this.#known.get(cluster);
    if (known !== undefined) {
      return known || undefined;
    }
    const timeout = AbortSignal.timeout(this.#timeoutSeconds * 1000);
    try {
      const { gitVersion } = await this.#clusters.forCluster(cluster).version({
        signal: options.signal
          ? AbortSignal.any([options.signal, timeout])
          : timeout,
      });
      const embedded = gitVersion.endsWith(EMBEDDED_CLUSTER.versionSuffix);
      this.#known.set(cluster, embedded);
      return embedded || undefined;
    } catch {
      // What else is asked of this cluster says why it does not answer.
      options.signal?.throwIfAborted();
      return undefined;
    }
  }
}
