import { InputError } from '@backstage/errors';
import {
  ClusterForbiddenError,
  KubernetesClient,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { nodePlatform, Platform } from './nodePlatform';

/**
 * The platform of a cluster's nodes, which are looked at for this alone.
 *
 * @throws InputError where the nodes may not be listed, or have no platform in common
 */
export async function clusterPlatform(
  client: KubernetesClient,
  cluster: string,
  signal?: AbortSignal,
): Promise<Platform> {
  try {
    const { items } = await client.list(
      { apiVersion: 'v1', kind: 'Node' },
      { signal },
    );
    return nodePlatform(cluster, items);
  } catch (error) {
    if (error instanceof ClusterForbiddenError) {
      throw new InputError(
        `For which platform an image is built, the nodes of cluster '${cluster}' would say, and they may not be listed; set sportsbookScaling.image.platform, such as 'linux/amd64', or grant list on nodes (deploy/rbac/cluster-reads.yaml)`,
        error,
      );
    }
    throw error;
  }
}
