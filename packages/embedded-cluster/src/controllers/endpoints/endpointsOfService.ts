import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { isIPv6 } from 'node:net';
import { isPodReady, podView } from '../views/podView';
import { serviceView, type ServicePort } from '../views/serviceView';

export interface Endpoint {
  addresses: string[];
  conditions: { ready: boolean; serving: boolean; terminating: boolean };
  hostname?: string;
  nodeName?: string;
  targetRef: { kind: 'Pod'; namespace?: string; name: string; uid?: string };
}

export interface EndpointPort {
  name: string;
  port: number;
  protocol: string;
  appProtocol?: string;
}

/** Endpoints that have the same ports, and so share a slice. */
export interface EndpointGroup {
  ports: EndpointPort[];
  endpoints: Endpoint[];
}

export type AddressType = 'IPv4' | 'IPv6';

/**
 * Where a Service's pods are reached, in groups of equal ports: a named
 * target port may be another number in each pod.
 */
export function endpointsOfService(
  service: KubernetesObject,
  pods: readonly KubernetesObject[],
  addressType: AddressType,
): EndpointGroup[] {
  const groups = new Map<string, EndpointGroup>();
  for (const pod of pods) {
    const address = addressOf(pod, addressType);
    if (address === undefined || hasEnded(pod)) {
      continue;
    }
    const ports = portsOf(service, pod);
    const key = JSON.stringify(ports);
    const group = groups.get(key) ?? { ports, endpoints: [] };
    group.endpoints.push(endpointOf(service, pod, address));
    groups.set(key, group);
  }
  return [...groups.values()];
}

function addressOf(
  pod: KubernetesObject,
  addressType: AddressType,
): string | undefined {
  const { podIP, podIPs } = podView(pod).status;
  const addresses = podIPs?.map(({ ip }) => ip) ?? (podIP ? [podIP] : []);
  return addresses.find(ip => isIPv6(ip) === (addressType === 'IPv6'));
}

/** A pod that ended and starts again stays an endpoint, which is not ready. */
function hasEnded(pod: KubernetesObject): boolean {
  const { phase } = podView(pod).status;
  return phase === 'Failed' || phase === 'Succeeded';
}

function endpointOf(
  service: KubernetesObject,
  pod: KubernetesObject,
  address: string,
): Endpoint {
  const { spec } = podView(pod);
  const serving = isPodReady(pod);
  const terminating = pod.metadata.deletionTimestamp !== undefined;
  return {
    addresses: [address],
    conditions: {
      ready:
        serviceView(service).spec.publishNotReadyAddresses === true ||
        (serving && !terminating),
      serving,
      terminating,
    },
    ...(spec.hostname && spec.subdomain === service.metadata.name
      ? { hostname: spec.hostname }
      : {}),
    ...(spec.nodeName ? { nodeName: spec.nodeName } : {}),
    targetRef: {
      kind: 'Pod',
      namespace: pod.metadata.namespace,
      name: pod.metadata.name,
      uid: pod.metadata.uid,
    },
  };
}

/** A port that the pod does not name is left out: nobody listens there. */
function portsOf(
  service: KubernetesObject,
  pod: KubernetesObject,
): EndpointPort[] {
  return (serviceView(service).spec.ports ?? []).flatMap(port => {
    const number = targetPortOf(port, pod);
    return number === undefined
      ? []
      : [
          {
            name: port.name ?? '',
            port: number,
            protocol: port.protocol ?? 'TCP',
            ...(port.appProtocol ? { appProtocol: port.appProtocol } : {}),
          },
        ];
  });
}

function targetPortOf(
  { port, targetPort, protocol }: ServicePort,
  pod: KubernetesObject,
): number | undefined {
  if (typeof targetPort !== 'string') {
    return targetPort ? targetPort : port;
  }
  for (const container of podView(pod).spec.containers) {
    for (const declared of container.ports ?? []) {
      if (
        declared.name === targetPort &&
        (declared.protocol ?? 'TCP') === (protocol ?? 'TCP')
      ) {
        return declared.containerPort;
      }
    }
  }
  return undefined;
}
