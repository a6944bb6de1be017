import { PrometheusAddressError } from '../errors';
import { KubernetesClient } from '../kubernetes/KubernetesClient';
import { DirectTransport } from './DirectTransport';
import { parsePrometheusAddress } from './prometheusAddress';
import { PrometheusClient } from './PrometheusClient';
import { PrometheusHttpClient } from './PrometheusHttpClient';
import { ServiceProxyTransport } from './ServiceProxyTransport';

/** A way to ask the server of a ScaledObject; see {@link openPrometheus}. */
export type OpenPrometheus = (options: {
  client: KubernetesClient;
  /** As the ScaledObject names it, such as `http://prometheus-odds.betting.svc:9090`. */
  serverAddress: string;
  /** `sportsbookScaling.prometheus.addresses`. */
  allowedAddresses: string[];
}) => PrometheusClient;

/**
 * The Prometheus server at an address that a manifest names.
 *
 * Addresses of Services go through the API server of their cluster. Anything
 * else is asked directly, and only if the configuration lists it: a manifest
 * must not choose what Backstage's host connects to.
 *
 * @throws PrometheusAddressError for all other addresses
 */
export const openPrometheus: OpenPrometheus = ({
  client,
  serverAddress,
  allowedAddresses,
}) => {
  const address = parsePrometheusAddress(serverAddress);
  if (address.type === 'service') {
    return new PrometheusHttpClient(new ServiceProxyTransport(client, address));
  }
  const allowed = allowedAddresses.some(entry => {
    const known = parsePrometheusAddress(entry);
    return known.type === 'direct' && known.url === address.url;
  });
  if (!allowed) {
    throw new PrometheusAddressError(
      `Prometheus at ${address.url} may not be asked: it is neither a Service's full name (http://<service>.<namespace>.svc:<port>) nor listed in 'sportsbookScaling.prometheus.addresses'. Use the full name, or add the address to that list.`,
    );
  }
  return new PrometheusHttpClient(new DirectTransport(address.url));
};
