import type { KubernetesRole } from '../config/scrapeConfigSchema';
import type {
  DiscoveredObjects,
  DiscoveredPod,
  DiscoveredService,
} from './discoveredObjects';
import {
  ADDRESS_LABEL,
  containerLabels,
  containerPortLabels,
  joinHostPort,
  META,
  NAMESPACE_LABEL,
  podLabels,
  serviceLabels,
  type TargetLabels,
} from './metaLabels';
import { endpointTargets } from './sliceTargets';

function podTargets(pod: DiscoveredPod): TargetLabels[] {
  const { spec, status, metadata } = pod;
  if (status.podIP === '') {
    return [];
  }
  const group = { [NAMESPACE_LABEL]: metadata.namespace, ...podLabels(pod) };
  const all = [
    ...spec.containers.map(container => ({ container, isInit: false })),
    ...spec.initContainers.map(container => ({ container, isInit: true })),
  ];
  return all.flatMap(({ container, isInit }) => {
    const statuses = isInit
      ? status.initContainerStatuses
      : status.containerStatuses;
    const id = {
      [`${META}pod_container_id`]:
        statuses.find(({ name }) => name === container.name)?.containerID ?? '',
    };
    if (container.ports.length === 0) {
      return [
        {
          ...group,
          ...id,
          ...containerLabels(container, isInit),
          [ADDRESS_LABEL]: status.podIP,
        },
      ];
    }
    return container.ports.map(port => ({
      ...group,
      ...id,
      ...containerPortLabels({ container, isInit, port }),
      [ADDRESS_LABEL]: joinHostPort(status.podIP, port.containerPort),
    }));
  });
}

function serviceTargets(service: DiscoveredService): TargetLabels[] {
  const { metadata, spec } = service;
  return spec.ports.map(port => ({
    ...serviceLabels(service),
    [ADDRESS_LABEL]: joinHostPort(
      `${metadata.name}.${metadata.namespace}.svc`,
      port.port,
    ),
    [`${META}service_port_name`]: port.name,
    [`${META}service_port_number`]: String(port.port),
    [`${META}service_port_protocol`]: port.protocol,
    [`${META}service_type`]: spec.type,
    ...(spec.type === 'ExternalName'
      ? { [`${META}service_external_name`]: spec.externalName }
      : { [`${META}service_cluster_ip`]: spec.clusterIP }),
    ...(spec.type === 'LoadBalancer'
      ? { [`${META}service_loadbalancer_ip`]: spec.loadBalancerIP }
      : {}),
  }));
}

/** The targets of one role, with the labels that Prometheus' Kubernetes discovery gives them. */
export function kubernetesTargets(
  role: KubernetesRole,
  objects: DiscoveredObjects,
): TargetLabels[] {
  switch (role) {
    case 'pod':
      return objects.pods.flatMap(podTargets);
    case 'service':
      return objects.services.flatMap(serviceTargets);
    default:
      return endpointTargets(objects, role);
  }
}
