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
  /** Kinds that are written besides those of the manifests. Default none. */
  alsoWritten?: (client: KubernetesClient) => Promise<WrittenKinds>;
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
  const reading = await access.open({
    ...request,
    kinds: [],
    clusterScopedKinds: [],
  });
  const ofManifests = await writtenKindsOf({
    client: reading,
    manifests,
    namespace,
    signal: ctx.signal,
  });
  const also = await options.alsoWritten?.(reading);
  const granted: WrittenKinds = {
    kinds: [...new Set([...ofManifests.kinds, ...(also?.kinds ?? [])])],
    clusterScopedKinds: [
      ...new Set([
        ...ofManifests.clusterScopedKinds,
        ...(also?.clusterScopedKinds ?? []),
      ]),
    ],
  };
  return { client: await access.open({ ...request, ...granted }), granted };
}
