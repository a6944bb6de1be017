import { KubernetesClient } from '../../ports/KubernetesClient';
import {
  BackstageClusterClients,
  BackstageClusterClientsOptions,
} from './BackstageClusterClients';

/**
 * One client for one cluster; where there are several, share a
 * {@link BackstageClusterClients}.
 */
export function createBackstageClusterClient(
  options: BackstageClusterClientsOptions & {
    cluster: string;
    userToken?: string;
  },
): KubernetesClient {
  const { cluster, userToken, ...clients } = options;
  return new BackstageClusterClients(clients).client(cluster, { userToken });
}
