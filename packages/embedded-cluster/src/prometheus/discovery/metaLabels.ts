import type {
  DiscoveredContainer,
  DiscoveredMetadata,
  DiscoveredPod,
  DiscoveredService,
} from './discoveredObjects';

/** Labels of a target before relabeling; those with an empty value count as absent later. */
export type TargetLabels = Readonly<Record<string, string>>;

export const META = '__meta_kubernetes_';
export const NAMESPACE_LABEL = `${META}namespace`;
export const ADDRESS_LABEL = '__address__';

function sanitize(name: string): string {
  return name.replace(/[^a-zA-Z0-9_]/g, '_');
}

/** Name, labels and annotations of an object. */
export function objectLabels(
  { name, labels, annotations }: DiscoveredMetadata,
  role: string,
): TargetLabels {
  const result: Record<string, string> = { [`${META}${role}_name`]: name };
  for (const [kind, entries] of [
    ['label', labels],
    ['annotation', annotations],
  ] as const) {
    for (const [key, value] of Object.entries(entries)) {
      result[`${META}${role}_${kind}_${sanitize(key)}`] = value;
      result[`${META}${role}_${kind}present_${sanitize(key)}`] = 'true';
    }
  }
  return result;
}

export function serviceLabels({ metadata }: DiscoveredService): TargetLabels {
  return {
    [NAMESPACE_LABEL]: metadata.namespace,
    ...objectLabels(metadata, 'service'),
  };
}

export function podLabels({
  metadata,
  spec,
  status,
}: DiscoveredPod): TargetLabels {
  const ready = status.conditions.find(({ type }) => type === 'Ready')?.status;
  const controller = metadata.ownerReferences.find(owner => owner.controller);
  return {
    [`${META}pod_ip`]: status.podIP,
    [`${META}pod_ready`]: (ready ?? 'unknown').toLowerCase(),
    [`${META}pod_phase`]: status.phase,
    [`${META}pod_node_name`]: spec.nodeName,
    [`${META}pod_host_ip`]: status.hostIP,
    [`${META}pod_uid`]: metadata.uid,
    ...objectLabels(metadata, 'pod'),
    [`${META}pod_controller_kind`]: controller?.kind ?? '',
    [`${META}pod_controller_name`]: controller?.name ?? '',
  };
}

/** One port of one container of a pod. */
export interface ContainerPort {
  container: DiscoveredContainer;
  isInit: boolean;
  port: DiscoveredContainer['ports'][number];
}

export function containerPortsOf({ spec }: DiscoveredPod): ContainerPort[] {
  const portsOf = (
    containers: readonly DiscoveredContainer[],
    isInit: boolean,
  ) =>
    containers.flatMap(container =>
      container.ports.map(port => ({ container, isInit, port })),
    );
  return [
    ...portsOf(spec.containers, false),
    ...portsOf(spec.initContainers, true),
  ];
}

export function containerLabels(
  { name, image }: DiscoveredContainer,
  isInit: boolean,
): TargetLabels {
  return {
    [`${META}pod_container_name`]: name,
    [`${META}pod_container_image`]: image,
    [`${META}pod_container_init`]: String(isInit),
  };
}

export function containerPortLabels({
  container,
  isInit,
  port,
}: ContainerPort): TargetLabels {
  return {
    ...containerLabels(container, isInit),
    [`${META}pod_container_port_name`]: port.name,
    [`${META}pod_container_port_number`]: String(port.containerPort),
    [`${META}pod_container_port_protocol`]: port.protocol,
  };
}

/** `host:port`, with brackets around an IPv6 address. */
export function joinHostPort(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
