import {
  ConfiguredPrometheus,
  servesNamespace,
} from '../model/ConfiguredPrometheus';
import { PrometheusAddress, parsePrometheusAddress } from './prometheusAddress';

/** Which servers may be asked besides those in a ScaledObject's own namespace. */
export interface PrometheusLimits {
  /** Servers outside clusters that may be asked directly, as URLs. */
  allowedAddresses: string[];
  /** Other namespaces whose Services may be asked; `*` is any. */
  allowedNamespaces: string[];
  /**
   * Servers that the configuration describes, by cluster; each may be asked for
   * the namespaces that it serves. Default none.
   */
  configured?: ReadonlyMap<string, readonly ConfiguredPrometheus[]>;
}

const ANY = '*';

/** Whether both addresses lead to the same server. */
export function isSameServer(
  address: PrometheusAddress,
  other: PrometheusAddress,
): boolean {
  return address.type === 'service'
    ? other.type === 'service' &&
        address.scheme === other.scheme &&
        address.service === other.service &&
        address.namespace === other.namespace &&
        address.port === other.port &&
        address.prefix === other.prefix
    : other.type === 'direct' && address.url === other.url;
}

/** The configured server that answers at an address, for a namespace that it serves. */
export function configuredServerAt(
  address: PrometheusAddress,
  options: Pick<PrometheusLimits, 'configured'> & {
    cluster: string;
    /** Of the ScaledObject. */
    namespace: string;
  },
): ConfiguredPrometheus | undefined {
  return options.configured
    ?.get(options.cluster)
    ?.find(
      server =>
        server.address !== undefined &&
        servesNamespace(server, options.namespace) &&
        isSameServer(parsePrometheusAddress(server.address), address),
    );
}

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
    cluster: string;
    /** Of the ScaledObject. */
    namespace: string;
  },
): string | undefined {
  const { cluster, namespace, allowedAddresses, allowedNamespaces } = options;
  if (configuredServerAt(address, options) !== undefined) {
    return undefined;
  }
  if (address.type === 'service') {
    return [namespace, ...allowedNamespaces].some(allowed =>
      [ANY, address.namespace].includes(allowed),
    )
      ? undefined
      : `Service ${address.namespace}/${address.service} may not be asked: it is not in the ScaledObject's namespace '${namespace}'. Use a Prometheus there, list '${address.namespace}' in 'sportsbookScaling.prometheus.namespaces', or describe the server in 'sportsbookScaling.clusters', in the entry of '${cluster}'`;
  }
  const isListed = allowedAddresses.some(entry =>
    isSameServer(parsePrometheusAddress(entry), address),
  );
  return isListed
    ? undefined
    : `Prometheus at ${address.url} may not be asked: it is neither a Service's full name (http://<service>.<namespace>.svc:<port>) nor listed in 'sportsbookScaling.prometheus.addresses'. Use the full name, or add the address to that list`;
}
