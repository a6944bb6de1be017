import { KubernetesClient } from '@sportsbook/plugin-sportsbook-scaling-node';

/** The clusters that Backstage knows, by name. */
export interface ClusterClients {
  /**
   * Whether the cluster exists and answers shows with the first call: that one
   * rejects with `UnknownClusterError` or `ClusterUnreachableError`.
   */
  forCluster(name: string): KubernetesClient;
}
