import {
  CallOptions,
  KubernetesClient,
} from '@sportsbook/plugin-sportsbook-scaling-node';

/** The clusters that Backstage knows, by name. */
export interface ClusterClients {
  /**
   * Whether the cluster exists and answers shows with the first call: that one
   * rejects with `UnknownClusterError` or `ClusterUnreachableError`.
   */
  forCluster(
    name: string,
    options?: {
      /** Kubernetes token of a user, in place of the cluster's own credential. */
      userToken?: string;
    },
  ): KubernetesClient;
  /** Names of all of them. */
  names(options?: CallOptions): Promise<string[]>;
}
