import type { ServiceRoute } from '../ports/NetworkRoutes';
import type { ServiceObject } from './serviceObject';
import type { SliceObject } from './sliceObject';

const DEFAULT_AFFINITY_SECONDS = 10_800;

/**
 * Whom a Service leads to. As kube-proxy has it: ready endpoints, and only
 * where there are none, those that end but still answer.
 */
export function serviceRoute(
  { metadata, spec }: ServiceObject,
  slices: readonly SliceObject[],
): ServiceRoute {
  const taking = takingConnections(slices);
  return {
    namespace: metadata.namespace,
    name: metadata.name,
    ...(spec.clusterIP === '' || spec.clusterIP === 'None'
      ? {}
      : { clusterIP: spec.clusterIP }),
    ports: spec.ports
      .filter(({ protocol }) => protocol === 'TCP')
      .map(({ name, port }) => ({
        name,
        port,
        endpoints: taking.flatMap(({ addresses, ports }) =>
          ports
            .filter(other => other.name === name)
            .flatMap(other => addresses.map(ip => ({ ip, port: other.port }))),
        ),
      })),
    addresses: taking.flatMap(({ addresses }) => addresses),
    hostnames: Object.fromEntries(
      taking.flatMap(({ hostname, addresses }) =>
        hostname === undefined ? [] : [[hostname, addresses[0]]],
      ),
    ),
    ...(spec.sessionAffinity === 'ClientIP'
      ? {
          affinitySeconds:
            spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ??
            DEFAULT_AFFINITY_SECONDS,
        }
      : {}),
  };
}

function takingConnections(slices: readonly SliceObject[]) {
  const all = slices.flatMap(({ endpoints, ports }) =>
    (endpoints ?? []).map(({ addresses, hostname, conditions }) => ({
      addresses,
      hostname,
      // Absent stands for true, as the API has it.
      ready: conditions.ready ?? true,
      serving: conditions.serving ?? conditions.ready ?? true,
      terminating: conditions.terminating ?? false,
      ports: (ports ?? []).flatMap(({ name, port, protocol }) =>
        typeof port === 'number' && (protocol ?? 'TCP') === 'TCP'
          ? [{ name: name ?? '', port }]
          : [],
      ),
    })),
  );
  const ready = all.filter(endpoint => endpoint.ready);
  return ready.length > 0
    ? ready
    : all.filter(({ serving, terminating }) => serving && terminating);
}
