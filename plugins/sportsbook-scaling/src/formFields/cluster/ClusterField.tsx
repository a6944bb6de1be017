import { useEffect } from 'react';
import { SWRConfig } from 'swr';
import { ClusterSelect } from './ClusterSelect';
import { ClustersUnavailable } from './ClustersUnavailable';
import type { ClusterFieldProps } from './clusterFieldSchema';
import { useClusters } from '../../clusters/useClusters';

/**
 * Chooses one of the clusters that Backstage knows. A cluster is never guessed:
 * one is preselected only where it is the only one.
 */
export function ClusterField(props: ClusterFieldProps) {
  return (
    <SWRConfig value={{ provider: () => new Map() }}>
      <ClusterChoice {...props} />
    </SWRConfig>
  );
}

function ClusterChoice(props: ClusterFieldProps) {
  const { formData, onChange } = props;
  const clusters = useClusters();
  const names =
    clusters.status === 'ready'
      ? clusters.clusters.map(({ name }) => name)
      : [];
  const only = names.length === 1 ? names[0] : undefined;

  useEffect(() => {
    if (only !== undefined && formData === undefined) {
      onChange(only);
    }
  }, [only, formData, onChange]);

  switch (clusters.status) {
    case 'loading':
      return <ClusterSelect field={props} names={[]} isLoading />;
    case 'failed':
      return (
        <ClustersUnavailable
          reason={{ kind: 'failed', error: clusters.error }}
          onRetry={clusters.refresh}
        />
      );
    default:
      return names.length === 0 ? (
        <ClustersUnavailable
          reason={{ kind: 'none' }}
          onRetry={clusters.refresh}
        />
      ) : (
        <ClusterSelect field={props} names={names} />
      );
  }
}
