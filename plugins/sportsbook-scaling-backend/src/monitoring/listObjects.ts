import {
  ApiNotInstalledError,
  ClusterForbiddenError,
  KubernetesClient,
  ListObjects,
} from '@sportsbook/plugin-sportsbook-scaling-node';

/** Lists through a client; what may not be listed is said, and a kind that is not served has no objects. */
export function listObjects(
  client: KubernetesClient,
  signal?: AbortSignal,
): ListObjects {
  return async (kind, namespace) => {
    try {
      const { items } = await client.list(kind, { namespace, signal });
      return { items: items.map(item => ({ ...kind, ...item })) };
    } catch (error) {
      if (error instanceof ApiNotInstalledError) {
        return { items: [] };
      }
      if (error instanceof ClusterForbiddenError) {
        return { items: [], unreadable: error.message };
      }
      throw error;
    }
  };
}
