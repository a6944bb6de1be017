import { PrometheusAddressError } from '../errors';
import { KubernetesClient } from '../ports/KubernetesClient';
import { parsePrometheusAddress } from '../ports/prometheusAddress';
import { PrometheusClient } from '../ports/PrometheusClient';
import {
  configuredServerAt,
  PrometheusLimits,
  prometheusRefusal,
} from '../ports/prometheusLimits';
import { DirectTransport } from './DirectTransport';
import { PrometheusHttpClient } from './PrometheusHttpClient';
import { ServiceProxyTransport } from './ServiceProxyTransport';

/** A way to ask the server of a ScaledObject; see {@link openPrometheus}. */
export type OpenPrometheus = (
  options: PrometheusLimits & {
    client: KubernetesClient;
    /** As the ScaledObject names it, such as `http://prometheus-odds.betting.svc:9090`. */
    serverAddress: string;
    /** Of the ScaledObject. */
    namespace: string;
  },
) => PrometheusClient;

/**
 * The Prometheus server at an address that a manifest names.
 *
 * Services go through the API server of their cluster: those of the
 * ScaledObject's namespace, and of others that the configuration lists. Anything
 * else is asked directly, and only if the configuration lists it: a manifest
 * must choose neither what Backstage's host connects to, nor what Backstage's
 * account on the cluster is used for. A server that the configuration
 * describes gets the headers that stand there, such as a tenant's.
 *
 * @throws PrometheusAddressError for all other addresses
 */
export const openPrometheus: OpenPrometheus = ({
  client,
  serverAddress,
  ...limits
}) => {
  const address = parsePrometheusAddress(serverAddress);
  const scope = { ...limits, cluster: client.cluster };
  const refusal = prometheusRefusal(address, scope);
  if (refusal !== undefined) {
    throw new PrometheusAddressError(`${refusal}.`);
  }
  const headers = configuredServerAt(address, scope)?.headers ?? {};
  return new PrometheusHttpClient(
    address.type === 'service'
      ? new ServiceProxyTransport(client, address, headers)
      : new DirectTransport(address.url, headers),
  );
};
