import {
  clusterScopedKindsOf,
  KubernetesClient,
  SourcedObject,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { ClusterAccess, TaskIdentity } from '../access/ClusterAccess';

/**
 * Opens a cluster for writing a set of manifests. Which of their kinds are
 * cluster-scoped only the cluster knows, so that it is opened for its
 * namespaces first, and for those kinds once they are known.
 */
export async function openClusterFor(options: {
  access: ClusterAccess;
  ctx: TaskIdentity;
  cluster: string;
  namespaces: string[];
  manifests: SourcedObject[];
}): Promise<KubernetesClient> {
  const { access, ctx, cluster, namespaces, manifests } = options;
  const request = { ctx, cluster, namespaces };
  const client = await access.open({ ...request, clusterScopedKinds: [] });
  const clusterScopedKinds = await clusterScopedKindsOf({
    client,
    manifests,
    signal: ctx.signal,
  });
  return clusterScopedKinds.length === 0
    ? client
    : access.open({ ...request, clusterScopedKinds });
}
