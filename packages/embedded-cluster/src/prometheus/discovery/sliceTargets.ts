import type {
  DiscoveredEndpoint,
  DiscoveredObjects,
  DiscoveredPod,
  DiscoveredSlice,
} from './discoveredObjects';
import {
  ADDRESS_LABEL,
  containerPortLabels,
  containerPortsOf,
  joinHostPort,
  META,
  NAMESPACE_LABEL,
  objectLabels,
  podLabels,
  serviceLabels,
  type TargetLabels,
} from './metaLabels';

const SERVICE_NAME_LABEL = 'kubernetes.io/service-name';

type SlicePort = DiscoveredSlice['ports'][number];

/** Undefined values are labels that a target does not have. */
function defined(
  labels: Record<string, string | boolean | number | undefined>,
): TargetLabels {
  return Object.fromEntries(
    Object.entries(labels)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, String(value)]),
  );
}

/** How a role calls what it knows of an endpoint. */
type EndpointLabels = (
  slice: DiscoveredSlice,
  endpoint: DiscoveredEndpoint,
  port: SlicePort,
) => TargetLabels;

const asEndpointSlice: EndpointLabels = (_, endpoint, port) => {
  const { ready, serving, terminating } = endpoint.conditions;
  return defined({
    [`${META}endpointslice_port_name`]: port.name,
    [`${META}endpointslice_port_protocol`]: port.protocol,
    [`${META}endpointslice_port`]: port.port,
    [`${META}endpointslice_port_app_protocol`]: port.appProtocol,
    [`${META}endpointslice_endpoint_conditions_ready`]: ready,
    [`${META}endpointslice_endpoint_conditions_serving`]: serving,
    [`${META}endpointslice_endpoint_conditions_terminating`]: terminating,
    [`${META}endpointslice_endpoint_hostname`]: endpoint.hostname,
    [`${META}endpointslice_endpoint_node_name`]: endpoint.nodeName,
    [`${META}endpointslice_endpoint_zone`]: endpoint.zone,
    [`${META}endpointslice_address_target_kind`]: endpoint.targetRef?.kind,
    [`${META}endpointslice_address_target_name`]: endpoint.targetRef?.name,
  });
};

const asEndpoints: EndpointLabels = (_, endpoint, port) =>
  defined({
    [`${META}endpoint_port_name`]: port.name,
    [`${META}endpoint_port_protocol`]: port.protocol,
    [`${META}endpoint_ready`]: endpoint.conditions.ready ?? true,
    [`${META}endpoint_hostname`]: endpoint.hostname,
    [`${META}endpoint_node_name`]: endpoint.nodeName,
    [`${META}endpoint_address_target_kind`]: endpoint.targetRef?.kind,
    [`${META}endpoint_address_target_name`]: endpoint.targetRef?.name,
  });

function podOf(
  endpoint: DiscoveredEndpoint,
  pods: ReadonlyMap<string, DiscoveredPod>,
): DiscoveredPod | undefined {
  const reference = endpoint.targetRef;
  return reference?.kind === 'Pod'
    ? pods.get(`${reference.namespace}/${reference.name}`)
    : undefined;
}

function sliceTargets(
  slice: DiscoveredSlice,
  pods: ReadonlyMap<string, DiscoveredPod>,
  endpointLabels: EndpointLabels,
): TargetLabels[] {
  const targets: TargetLabels[] = [];
  const seen = new Map<DiscoveredPod, Set<number>>();
  for (const endpoint of slice.endpoints) {
    const pod = podOf(endpoint, pods);
    for (const port of slice.ports) {
      for (const address of endpoint.addresses) {
        const target: TargetLabels = {
          [ADDRESS_LABEL]:
            port.port === undefined
              ? address
              : joinHostPort(address, port.port),
          ...endpointLabels(slice, endpoint, port),
        };
        if (pod === undefined) {
          targets.push(target);
          continue;
        }
        const ports = seen.get(pod) ?? new Set<number>();
        seen.set(pod, ports);
        if (port.port !== undefined) {
          ports.add(port.port);
        }
        const declared = containerPortsOf(pod).find(
          ({ port: { containerPort } }) => containerPort === port.port,
        );
        targets.push({
          ...target,
          ...podLabels(pod),
          ...(declared ? containerPortLabels(declared) : {}),
        });
      }
    }
  }
  // Ports of the pods that the Service does not lead to are targets as well.
  for (const [pod, ports] of seen) {
    for (const declared of containerPortsOf(pod)) {
      const { containerPort } = declared.port;
      if (!ports.has(containerPort) && pod.status.podIP !== '') {
        targets.push({
          [ADDRESS_LABEL]: joinHostPort(pod.status.podIP, containerPort),
          ...containerPortLabels(declared),
          ...podLabels(pod),
        });
      }
    }
  }
  return targets;
}

/**
 * Targets behind Services.
 *
 * @param role - `endpoints` is made of the same EndpointSlices, with that
 * role's labels
 */
export function endpointTargets(
  { pods, services, endpointSlices }: DiscoveredObjects,
  role: 'endpointslice' | 'endpoints',
): TargetLabels[] {
  const podsByName = new Map(
    pods.map(pod => [`${pod.metadata.namespace}/${pod.metadata.name}`, pod]),
  );
  return endpointSlices.flatMap(slice => {
    const { namespace, labels } = slice.metadata;
    const serviceName = labels[SERVICE_NAME_LABEL];
    const service = services.find(
      ({ metadata }) =>
        metadata.namespace === namespace && metadata.name === serviceName,
    );
    const group: TargetLabels = {
      ...(role === 'endpointslice'
        ? {
            [`${META}endpointslice_address_type`]: slice.addressType,
            ...objectLabels(slice.metadata, 'endpointslice'),
          }
        : objectLabels(
            { ...slice.metadata, name: serviceName ?? '' },
            'endpoints',
          )),
      [NAMESPACE_LABEL]: namespace,
      ...(service ? serviceLabels(service) : {}),
    };
    return sliceTargets(
      slice,
      podsByName,
      role === 'endpointslice' ? asEndpointSlice : asEndpoints,
    ).map(target => ({ ...group, ...target }));
  });
}
