import { useApi } from '@backstage/core-plugin-api';
import type { ClusterChoices } from '@sportsbook/plugin-sportsbook-scaling-common';
import useSWR from 'swr';
import { formChoicesApiRef } from '../api';
import { useTemplateRef } from './useTemplateRef';

/** The clusters that the user may create on by the template of the form. */
export function useClusterChoices(): {
  choices?: ClusterChoices;
  error?: Error;
  refresh: () => void;
} {
  const api = useApi(formChoicesApiRef);
  const templateRef = useTemplateRef();
  const { data, error, mutate } = useSWR<ClusterChoices, unknown>(
    ['sportsbook-scaling-cluster-choices', templateRef],
    () => api.getClusters({ templateRef }),
    { shouldRetryOnError: false },
  );
  return {
    choices: data,
    error:
      error === undefined || error instanceof Error
        ? error
        : new Error(String(error)),
    refresh: () => {
      mutate().catch(() => undefined); // the failure is in `error`
    },
  };
}
