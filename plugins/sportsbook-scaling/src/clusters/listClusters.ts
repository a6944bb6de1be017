import type { KubernetesApi } from '@backstage/plugin-kubernetes-react';
import { EMBEDDED_CLUSTER } from '@sportsbook/plugin-sportsbook-scaling-common';
import { signsInInBrowser } from './authProviderOf';

/** A cluster that Backstage knows. */
export interface KnownCluster {
  name: string;
  /** Whether it is the one that `npm start` brings where nobody named another. */
  isEmbedded: boolean;
  /** Whether people sign in to it in their browser, by Backstage's own means. */
  signsIn: boolean;
}

/**
 * The clusters that Backstage knows, in alphabetical order of their names.
 *
 * Without a `kubernetes` section in its config the kubernetes backend mounts
 * no routes at all, which its client reports as a backend that is not
 * installed. For somebody who fills in a form both mean: there is no cluster.
 *
 * @throws Error when the question fails for another reason
 */
export async function listClusters(
  kubernetesApi: Pick<KubernetesApi, 'getClusters'>,
): Promise<KnownCluster[]> {
  try {
    const clusters = await kubernetesApi.getClusters();
    return clusters
      .map(cluster => ({
        name: cluster.name,
        // The backend sends titles, though the client's type does not say so.
        isEmbedded:
          'title' in cluster && cluster.title === EMBEDDED_CLUSTER.title,
        signsIn: signsInInBrowser(cluster),
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    // The client throws plain errors; their text is all there is to go by.
    if (error instanceof Error && error.message.includes('HTTP 404')) {
      return [];
    }
    throw error;
  }
}
