import { useApi } from '@backstage/core-plugin-api';
import { kubernetesApiRef } from '@backstage/plugin-kubernetes-react';
import { useCallback } from 'react';
import useSWR from 'swr';
import { listClusterNames } from './listClusterNames';

/** The clusters that can be chosen; `refresh` asks again. */
export type ClusterNames = { refresh: () => void } & (
  | { status: 'loading' }
  | { status: 'ready'; names: string[] }
  | { status: 'failed'; error: Error }
);

/** Asks Backstage's kubernetes plugin for its clusters, again when the window gets focus. */
export function useClusterNames(): ClusterNames {
  const kubernetesApi = useApi(kubernetesApiRef);
  const { data, error, mutate } = useSWR<string[], unknown>(
    'sportsbook-scaling-clusters',
    () => listClusterNames(kubernetesApi),
    { shouldRetryOnError: false },
  );
  const refresh = useCallback(() => {
    mutate().catch(() => undefined); // the failure is in `error`
  }, [mutate]);
  if (data !== undefined) {
    return { status: 'ready', names: data, refresh };
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
