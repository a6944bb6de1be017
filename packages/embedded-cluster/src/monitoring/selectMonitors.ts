import { matchesSelector } from '../model/labels';
import type { ClusterObjects } from '../ports/ClusterObjects';
import { requireType } from '../runtime/requireType';
import { PROMETHEUS_API_VERSION } from './names';
import type { Prometheus } from './prometheusSpec';
import {
  monitorProblem,
  readServiceMonitor,
  type ServiceMonitor,
} from './serviceMonitorSpec';

export interface SelectedMonitors {
  /** Sorted by namespace and name. */
  monitors: ServiceMonitor[];
  rejected: { monitor: ServiceMonitor; reason: string }[];
}

/** Namespaces whose monitors count: its own without a selector, all for an empty one. */
function namespacesOf(
  objects: ClusterObjects,
  { namespace, spec }: Prometheus,
): Set<string> {
  const { serviceMonitorNamespaceSelector: selector } = spec;
  if (!selector) {
    return new Set([namespace]);
  }
  return new Set(
    objects
      .list(requireType(objects, 'v1', 'Namespace'))
      .items.filter(({ metadata }) =>
        matchesSelector(metadata.labels, selector),
      )
      .map(({ metadata }) => metadata.name),
  );
}

/** The ServiceMonitors of a Prometheus: those its selectors match, less what cannot be followed. */
export function selectMonitors(
  objects: ClusterObjects,
  prometheus: Prometheus,
): SelectedMonitors {
  const { serviceMonitorSelector } = prometheus.spec;
  if (!serviceMonitorSelector) {
    return { monitors: [], rejected: [] };
  }
  const namespaces = namespacesOf(objects, prometheus);
  const selected = objects
    .list(requireType(objects, PROMETHEUS_API_VERSION, 'ServiceMonitor'))
    .items.filter(
      ({ metadata }) =>
        namespaces.has(metadata.namespace ?? '') &&
        matchesSelector(metadata.labels, serviceMonitorSelector),
    )
    .map(readServiceMonitor)
    .sort((a, b) =>
      `${a.namespace}/${a.name}` < `${b.namespace}/${b.name}` ? -1 : 1,
    )
    .map(monitor => ({ monitor, reason: monitorProblem(monitor) }));
  return {
    monitors: selected
      .filter(({ reason }) => reason === undefined)
      .map(({ monitor }) => monitor),
    rejected: selected.flatMap(({ monitor, reason }) =>
      reason === undefined ? [] : [{ monitor, reason }],
    ),
  };
}
