import { useApi } from '@backstage/core-plugin-api';
import { kubernetesApiRef } from '@backstage/plugin-kubernetes-react';
import { useCallback } from 'react';
import useSWR from 'swr';
import { KnownCluster, listClusters } from './listClusters';

/** The clusters that can be chosen; `refresh` asks again. */
export type Clusters = { refresh: () => void } & (
  | { status: 'loading' }
  | { status: 'ready'; clusters: KnownCluster[] }
  | { status: 'failed'; error: Error }
);

/** Asks Backstage's kubernetes plugin for its clusters, again when the window gets focus. */
export function useClusters(): Clusters {
  const kubernetesApi = useApi(kubernetesApiRef);
  const { data, error, mutate } = useSWR<KnownCluster[], unknown>(
    'sportsbook-scaling-clusters',
    () => listClusters(kubernetesApi),
    { shouldRetryOnError: false },
  );
  const refresh = useCallback(() => {
    mutate().catch(() => undefined); // the failure is in `error`
  }, [mutate]);
  if (data !== undefined) {
    return { status: 'ready', clusters: data, refresh };
  }
  if (error !== undefined) {
    return {
      status: 'failed',
      error: error instanceof Error ? error : new Error(String(error)),
      refresh,
    };
  }
  return { status: 'loading', refresh };
}
