import type { KubernetesApi } from '@backstage/plugin-kubernetes-react';

/**
 * Names of the clusters that Backstage knows, in alphabetical order.
 *
 * Without a `kubernetes` section in its config the kubernetes backend mounts
 * no routes at all, which its client reports as a backend that is not
 * installed. For somebody who fills in a form both mean: there is no cluster.
 *
 * @throws Error when the question fails for another reason
 */
export async function listClusterNames(
  kubernetesApi: Pick<KubernetesApi, 'getClusters'>,
): Promise<string[]> {
  try {
    const clusters = await kubernetesApi.getClusters();
    return clusters.map(({ name }) => name).sort();
  } catch (error) {
    // The client throws plain errors; their text is all there is to go by.
    if (error instanceof Error && error.message.includes('HTTP 404')) {
      return [];
    }
    throw error;
  }
}
