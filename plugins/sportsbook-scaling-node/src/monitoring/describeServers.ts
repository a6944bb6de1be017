import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { ConfiguredPrometheus } from '../model/ConfiguredPrometheus';
import { Listing } from './Listing';
import { MonitoringServer } from './MonitoringServer';
import { PROMETHEUS, serverOfObject } from './prometheusObject';
import { serverAddress } from './serverAddress';

/** What is known of a cluster's servers. */
export interface KnownServers {
  /** Prometheus and PrometheusAgent objects. */
  objects: readonly KubernetesObject[];
  /** Services of their namespaces, by namespace. */
  services: ReadonlyMap<string, Listing>;
  configured: readonly ConfiguredPrometheus[];
}

function describeObject(
  object: KubernetesObject,
  { objects, services, configured }: KnownServers,
): MonitoringServer[] {
  const namespace = object.metadata.namespace ?? '';
  const found = serverAddress({
    server: object,
    servers: objects.filter(
      ({ kind, metadata }) =>
        kind === PROMETHEUS.kind && metadata.namespace === namespace,
    ),
    services: services.get(namespace) ?? { items: [] },
  });
  const server = serverOfObject(object, found);
  if (server === undefined) {
    return [];
  }
  const addition = configured.find(({ name }) => name === server.name);
  return [
    {
      ...server,
      ...(addition?.address !== undefined && {
        address: { url: addition.address },
      }),
      ...(addition !== undefined && { configured: addition }),
    },
  ];
}

function describeConfigured(entry: ConfiguredPrometheus): MonitoringServer {
  return {
    name: entry.name,
    source: 'configuration',
    selection: {
      type: 'stated',
      monitorLabels: entry.serviceMonitorLabels,
      namespaces: entry.namespaces,
    },
    address:
      entry.address === undefined
        ? { missing: `there is no Prometheus object of this name` }
        : { url: entry.address },
    warnings: [],
    configured: entry,
  };
}

/** The servers that objects describe, with what the configuration adds to them, and those of the configuration alone. */
export function describeServers(known: KnownServers): MonitoringServer[] {
  const ofObjects = known.objects.flatMap(object =>
    describeObject(object, known),
  );
  const names = new Set(ofObjects.map(({ name }) => name));
  return [
    ...ofObjects,
    ...known.configured
      .filter(({ name }) => !names.has(name))
      .map(describeConfigured),
  ];
}
