import { isIP } from 'node:net';
import type { DialAnswer } from '../ports/ClusterNetwork';
import type { ServiceRoute } from '../ports/NetworkRoutes';
import { parseClusterName } from './clusterName';
import type { RouteTable } from './RouteTable';
import type { SessionAffinity } from './SessionAffinity';

type Endpoint = ServiceRoute['ports'][number]['endpoints'][number];

export interface Dialling {
  table: RouteTable;
  affinity: SessionAffinity<Endpoint>;
  /** From 0 to below 1. */
  random(): number;
}

export function dialPod(
  table: RouteTable,
  ip: string,
  port: number,
): DialAnswer {
  const realPort = table.realPort(ip, port);
  if (realPort !== undefined) {
    return { status: 'ok', address: { host: '127.0.0.1', port: realPort } };
  }
  return table.hasPod(ip) ? { status: 'refused' } : { status: 'unknown' };
}

/** @see ClusterNetwork.dial */
export function dial(
  dialling: Dialling,
  host: string,
  port: number,
  fromNamespace?: string,
): DialAnswer {
  const { table, random } = dialling;
  if (isIP(host)) {
    const service = table.serviceAt(host);
    return service
      ? dialServicePort(dialling, service, byNumber(port))
      : dialPod(table, host, port);
  }
  const name = parseClusterName(host, fromNamespace);
  const service = name && table.service(name.namespace, name.service);
  if (!service) {
    return { status: 'unknown' };
  }
  if (name?.hostname !== undefined) {
    const ip = service.hostnames[name.hostname];
    return ip === undefined ? { status: 'unknown' } : dialPod(table, ip, port);
  }
  if (service.clusterIP !== undefined) {
    return dialServicePort(dialling, service, byNumber(port));
  }
  // A headless name without pods does not resolve.
  const ip = service.addresses[Math.floor(random() * service.addresses.length)];
  return ip === undefined ? { status: 'unknown' } : dialPod(table, ip, port);
}

export function byNumber(port: number) {
  return (route: { name: string; port: number }) => route.port === port;
}

/** One of the endpoints that take connections, at random for each call. */
export function dialServicePort(
  { table, affinity, random }: Dialling,
  service: ServiceRoute,
  isPort: (port: { name: string; port: number }) => boolean,
  client = '',
): DialAnswer {
  const endpoints = service.ports.find(isPort)?.endpoints ?? [];
  if (endpoints.length === 0) {
    return { status: 'refused' };
  }
  const choose = () => endpoints[Math.floor(random() * endpoints.length)];
  const { ip, port } =
    service.affinitySeconds === undefined
      ? choose()
      : affinity.endpointFor({
          client: `${service.namespace}/${service.name}/${client}`,
          seconds: service.affinitySeconds,
          endpoints,
          choose,
        });
  if (ip === '127.0.0.1') {
    // An endpoint that somebody wrote by hand, such as the API server's own.
    return { status: 'ok', address: { host: '127.0.0.1', port } };
  }
  const answer = dialPod(table, ip, port);
  return answer.status === 'ok' ? answer : { status: 'refused' };
}
