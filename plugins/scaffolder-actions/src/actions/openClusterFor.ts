import {
  KubernetesClient,
  SourcedObject,
  WrittenKinds,
  writtenKindsOf,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { ClusterAccess, TaskIdentity } from '../access/ClusterAccess';

/**
 * Opens a cluster for writing a set of manifests. Which of their kinds are
 * cluster-scoped only the cluster knows, so that it is opened for its
 * namespaces first, and for the kinds once they are known.
 */
export async function openClusterFor(options: {
  access: ClusterAccess;
  ctx: TaskIdentity;
  cluster: string;
  /** For namespaced objects that name none. */
  namespace: string;
  otherNamespaces: string[];
  manifests: SourcedObject[];
  /** As a request to ClusterAccess says it. Default false. */
  registers?: boolean;
}): Promise<{ client: KubernetesClient; granted: WrittenKinds }> {
  const { access, ctx, cluster, namespace, manifests } = options;
  const request = {
    ctx,
    cluster,
    namespaces: [...new Set([namespace, ...options.otherNamespaces])],
    registers: options.registers,
  };
  const granted = await writtenKindsOf({
    client: await access.open({
      ...request,
      kinds: [],
      clusterScopedKinds: [],
    }),
    manifests,
    namespace,
    signal: ctx.signal,
  });
  return { client: await access.open({ ...request, ...granted }), granted };
}
