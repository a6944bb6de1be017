import { KubernetesClient } from '../ports/KubernetesClient';
import { parsePrometheusAddress } from '../ports/prometheusAddress';
import { publicAddress } from './publicAddress';

/** The public address of the Service that a trigger names; any other address as it is. */
export async function publicPrometheusAddress(options: {
  client: KubernetesClient;
  serverAddress: string;
  /** Where node ports are reached, see {@link publicAddress}. */
  nodeAddress?: string;
  signal?: AbortSignal;
}): Promise<string> {
  const { client, serverAddress, nodeAddress, signal } = options;
  const named = parsePrometheusAddress(serverAddress);
  if (named.type === 'direct') {
    return serverAddress;
  }
  const { service: name, namespace, port, prefix } = named;
  const service = await client.get(
    { apiVersion: 'v1', kind: 'Service', name, namespace },
    { signal },
  );
  const address =
    service === undefined
      ? undefined
      : await publicAddress({ client, service, port, nodeAddress, signal });
  return address === undefined ? serverAddress : `${address}${prefix}`;
}
