const CLUSTER_DOMAIN = '.cluster.local';

/** What a DNS name of the cluster stands for. */
export interface ClusterName {
  namespace: string;
  service: string;
  /** One pod of the Service. */
  hostname?: string;
}

/**
 * Reads a name as a pod's resolver would: `.svc` and the cluster's domain may
 * be left out where it is known who asks.
 *
 * @returns undefined for a name that can be none of the cluster's
 */
export function parseClusterName(
  host: string,
  fromNamespace?: string,
): ClusterName | undefined {
  let name = host.toLowerCase().replace(/\.$/, '');
  if (name.endsWith(CLUSTER_DOMAIN)) {
    name = name.slice(0, -CLUSTER_DOMAIN.length);
    if (!name.endsWith('.svc')) {
      return undefined;
    }
  }
  const qualified = name.endsWith('.svc');
  const parts = (qualified ? name.slice(0, -'.svc'.length) : name).split('.');
  if (parts.some(part => part === '')) {
    return undefined;
  }
  if (!qualified && fromNamespace === undefined) {
    return undefined;
  }
  if (parts.length === 1 && !qualified && fromNamespace !== undefined) {
    return { namespace: fromNamespace, service: parts[0] };
  }
  if (parts.length === 2) {
    return { namespace: parts[1], service: parts[0] };
  }
  return parts.length === 3
    ? { hostname: parts[0], service: parts[1], namespace: parts[2] }
    : undefined;
}
