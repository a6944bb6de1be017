import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { PROMETHEUS } from '../prometheusObject';

/** A Prometheus object of namespace `monitoring` that selects by the label `release`. */
export function prometheusObject(
  name: string,
  spec: Record<string, unknown> = {},
): KubernetesObject {
  return {
    ...PROMETHEUS,
    metadata: { name, namespace: 'monitoring' },
    spec: {
      serviceMonitorSelector: { matchLabels: { release: name } },
      serviceMonitorNamespaceSelector: { matchLabels: { monitoring: 'on' } },
      version: 'v3.13.1',
      ...spec,
    },
  };
}

/** A Service of namespace `monitoring` in front of servers with these labels. */
export function serverService(
  name: string,
  selector: Record<string, string>,
  port: Record<string, unknown> = { name: 'web', port: 9090 },
): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'monitoring' },
    spec: { selector, ports: [port] },
  };
}
