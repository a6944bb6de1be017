import { PrometheusAddress, parsePrometheusAddress } from './prometheusAddress';

/** Which servers may be asked besides those in a ScaledObject's own namespace. */
export interface PrometheusLimits {
  /** Servers outside clusters that may be asked directly, as URLs. */
  allowedAddresses: string[];
  /** Other namespaces whose Services may be asked; `*` is any. */
  allowedNamespaces: string[];
}

const ANY = '*';

/**
 * Why a ScaledObject's server may not be asked, with the next step and without
 * a full stop; undefined: it may.
 *
 * @remarks
 * Services are asked with Backstage's own account, which may reach more than
 * whoever wrote the ScaledObject.
 */
export function prometheusRefusal(
  address: PrometheusAddress,
  options: PrometheusLimits & {
    /** Of the ScaledObject. */
    namespace: string;
  },
): string | undefined {
  const { namespace, allowedAddresses, allowedNamespaces } = options;
  if (address.type === 'service') {
    return [namespace, ...allowedNamespaces].some(allowed =>
      [ANY, address.namespace].includes(allowed),
    )
      ? undefined
      : `Service ${address.namespace}/${address.service} may not be asked: it is not in the ScaledObject's namespace '${namespace}'. Use a Prometheus there, or list '${address.namespace}' in 'sportsbookScaling.prometheus.namespaces'`;
  }
  const isListed = allowedAddresses.some(entry => {
    const known = parsePrometheusAddress(entry);
    return known.type === 'direct' && known.url === address.url;
  });
  return isListed
    ? undefined
    : `Prometheus at ${address.url} may not be asked: it is neither a Service's full name (http://<service>.<namespace>.svc:<port>) nor listed in 'sportsbookScaling.prometheus.addresses'. Use the full name, or add the address to that list`;
}
