import type { ClusterChoices } from '@sportsbook/plugin-sportsbook-scaling-common';
import { useEffect } from 'react';
import { SWRConfig } from 'swr';
import { useClusterChoices } from '../../choices/useClusterChoices';
import { useClusters } from '../../clusters/useClusters';
import { ClusterSelect } from './ClusterSelect';
import {
  ClustersUnavailable,
  ClustersUnavailableProps,
} from './ClustersUnavailable';
import type { ClusterFieldProps } from './clusterFieldSchema';

/**
 * Chooses one of the clusters that Backstage knows and the user may create on.
 * A cluster is never guessed: one is preselected only where it is the only one.
 */
export function ClusterField(props: ClusterFieldProps) {
  return (
    <SWRConfig value={{ provider: () => new Map() }}>
      <ClusterChoice {...props} />
    </SWRConfig>
  );
}

/** Why there is nothing to choose from. */
function reasonOf(
  known: number,
  { refusal }: ClusterChoices,
): ClustersUnavailableProps['reason'] {
  return known === 0 || refusal === undefined
    ? { kind: 'none' }
    : { kind: 'notAllowed', refusal };
}

function ClusterChoice(props: ClusterFieldProps) {
  const { formData, onChange } = props;
  const clusters = useClusters();
  const { choices, error, refresh } = useClusterChoices();
  const names =
    clusters.status === 'ready' && choices !== undefined
      ? clusters.clusters
          .map(({ name }) => name)
          .filter(name => choices.clusters.some(choice => choice.name === name))
      : [];
  const only = names.length === 1 ? names[0] : undefined;

  useEffect(() => {
    if (only !== undefined && formData === undefined) {
      onChange(only);
    }
  }, [only, formData, onChange]);

  const onRetry = () => {
    clusters.refresh();
    refresh();
  };
  const failure = clusters.status === 'failed' ? clusters.error : error;
  if (failure !== undefined) {
    return (
      <ClustersUnavailable
        reason={{ kind: 'failed', error: failure }}
        onRetry={onRetry}
      />
    );
  }
  if (clusters.status !== 'ready' || choices === undefined) {
    return <ClusterSelect field={props} names={[]} isLoading />;
  }
  return names.length === 0 ? (
    <ClustersUnavailable
      reason={reasonOf(clusters.clusters.length, choices)}
      onRetry={onRetry}
    />
  ) : (
    <ClusterSelect field={props} names={names} />
  );
}
