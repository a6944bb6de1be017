import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';

export interface EndpointGiven {
  ip: string;
  ready?: boolean;
  serving?: boolean;
  terminating?: boolean;
  hostname?: string;
}

/** A Service `betting/<name>` with one port `http`: 80 to 8080. */
export function serviceObject(
  name: string,
  spec: Record<string, unknown> = {},
): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'betting', uid: `uid-of-${name}` },
    spec: {
      ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' }],
      ...spec,
    },
  };
}

export function sliceObject(
  service: string,
  endpoints: readonly EndpointGiven[],
): KubernetesObject {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: `${service}-1`,
      namespace: 'betting',
      labels: { 'kubernetes.io/service-name': service },
    },
    addressType: 'IPv4',
    endpoints: endpoints.map(
      ({
        ip,
        ready = true,
        serving = ready,
        terminating = false,
        hostname,
      }) => ({
        addresses: [ip],
        conditions: { ready, serving, terminating },
        ...(hostname === undefined ? {} : { hostname }),
      }),
    ),
    ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
  };
}
