import {
  ClusterForbiddenError,
  ClusterUnreachableError,
  PrometheusCredentialsError,
  PrometheusUnreachableError,
} from '../errors';
import { readStatusText } from '../kubernetes/kubernetesStatus';
import { KubernetesClient } from '../ports/KubernetesClient';
import { PrometheusAddress } from '../ports/prometheusAddress';
import { PrometheusTransport } from './PrometheusTransport';

type ServiceAddress = Extract<PrometheusAddress, { type: 'service' }>;

/**
 * The server ends the handshake of whoever shows no certificate: TLS 1.3 has a
 * word for that, 1.2 one of the other two.
 */
const CERTIFICATE_WANTED =
  /remote error: tls: (certificate required|bad certificate|handshake failure)/;

/** To a Service in the cluster, through the API server's proxy, so that nothing has to be exposed. */
export class ServiceProxyTransport implements PrometheusTransport {
  readonly address: string;
  readonly #client: KubernetesClient;
  readonly #service: string;
  readonly #path: string;
  readonly #headers: Record<string, string>;

  /** @param headers - sent with each request, through the API server */
  constructor(
    client: KubernetesClient,
    address: ServiceAddress,
    headers: Record<string, string> = {},
  ) {
    this.#headers = headers;
    const { scheme, service, namespace, port, prefix } = address;
    this.address = `${scheme}://${service}.${namespace}.svc:${port}${prefix}`;
    this.#client = client;
    this.#service = `Service ${namespace}/${service} of cluster ${client.cluster}`;
    const target = encodeURIComponent(`${scheme}:${service}:${port}`);
    this.#path = `/api/v1/namespaces/${encodeURIComponent(
      namespace,
    )}/services/${target}/proxy${prefix}`;
  }

  async get(path: string, options: { signal?: AbortSignal }) {
    const answer = await this.#ask(path, options);
    // Prometheus never sends a Status: it is the API server that speaks here.
    const status =
      answer.status < 400 ? undefined : readStatusText(answer.text);
    if (status === undefined) {
      return answer;
    }
    const reason = status.message ?? `HTTP ${answer.status}`;
    if (answer.status === 401 || answer.status === 403) {
      throw new ClusterForbiddenError(
        `Cluster ${this.#client.cluster} refused the way to Prometheus at ${
          this.address
        }: ${reason}. Grant 'get' on 'services/proxy' to the account that Backstage uses on the cluster.`,
      );
    }
    if (CERTIFICATE_WANTED.test(reason)) {
      throw new PrometheusCredentialsError(
        `Prometheus at ${this.address} wants a client certificate (${reason}), which Backstage has none of. Ask one in front of it that lets Backstage read, or look at KEDA's own conditions.`,
      );
    }
    throw new PrometheusUnreachableError(
      `Prometheus at ${this.address} cannot be reached: ${reason}. Check that ${
        this.#service
      } exists, has this port, and has a ready pod behind it.`,
    );
  }

  async #ask(path: string, options: { signal?: AbortSignal }) {
    try {
      return await this.#client.getRaw(`${this.#path}${path}`, {
        ...options,
        headers: this.#headers,
      });
    } catch (error) {
      if (error instanceof ClusterUnreachableError) {
        throw new PrometheusUnreachableError(
          `Prometheus at ${this.address} cannot be reached, since its cluster cannot: ${error.message}`,
          error,
        );
      }
      throw error;
    }
  }
}
