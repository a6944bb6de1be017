import { PrometheusAddressError } from '../errors';

/** Where a Prometheus server listens: a Service of the cluster, or a URL outside. */
export type PrometheusAddress =
  | {
      type: 'service';
      scheme: 'http' | 'https';
      service: string;
      namespace: string;
      port: number;
      /** Path before `/api/v1`, without an ending slash; often empty. */
      prefix: string;
    }
  | { type: 'direct'; url: string };

const SERVICE_HOST =
  /^([a-z]([-a-z0-9]{0,61}[a-z0-9])?)\.([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)\.svc(\.cluster\.local)?\.?$/;

const DEFAULT_PORTS = { http: 80, https: 443 };

/**
 * Reads a ScaledObject's `serverAddress`.
 *
 * @throws PrometheusAddressError where it is no http(s) URL, or holds credentials, a query or a fragment
 */
export function parsePrometheusAddress(address: string): PrometheusAddress {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    throw new PrometheusAddressError(
      `'${address}' is no URL. A Prometheus address looks like http://prometheus.monitoring.svc:9090.`,
    );
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new PrometheusAddressError(
      `'${address}' is neither http nor https, which Prometheus speaks`,
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw new PrometheusAddressError(
      `The Prometheus address on ${url.host} holds credentials, which belong in no manifest`,
    );
  }
  if (url.search !== '' || url.hash !== '') {
    throw new PrometheusAddressError(
      `'${address}' holds a query or fragment, where only a path may follow the host`,
    );
  }
  const prefix = url.pathname.replace(/\/+$/, '');
  const host = SERVICE_HOST.exec(url.hostname);
  if (!host) {
    return { type: 'direct', url: `${url.origin}${prefix}` };
  }
  const scheme = url.protocol === 'https:' ? 'https' : 'http';
  return {
    type: 'service',
    scheme,
    service: host[1],
    namespace: host[3],
    port: Number(url.port === '' ? DEFAULT_PORTS[scheme] : url.port),
    prefix,
  };
}
