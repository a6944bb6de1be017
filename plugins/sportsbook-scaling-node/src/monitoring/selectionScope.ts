import { ANY_NAMESPACE } from '../model/ConfiguredPrometheus';
import { selectorText } from './labelSelector';
import { MonitorSelection } from './MonitoringServer';

/** Kinds of objects that tell a server what to scrape. */
export type MonitorKind = 'ServiceMonitor' | 'PodMonitor';

/** `a=b, c=d` */
export function labelsText(labels: Record<string, string>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ');
}

function every(kind: MonitorKind, labels: string): string {
  return `every ${kind}${labels === '' ? '' : ` with ${labels}`}`;
}

/** What a server takes up, such as `selects every ServiceMonitor with a=b of all namespaces`. */
export function selectionScope(
  selection: MonitorSelection,
  kind: MonitorKind,
): string {
  if (selection.type === 'stated') {
    const { monitorLabels, namespaces } = selection;
    return `is configured to take up ${every(
      kind,
      labelsText(monitorLabels),
    )} ${
      namespaces.includes(ANY_NAMESPACE)
        ? 'of all namespaces'
        : `of the namespaces ${namespaces.join(', ')}`
    }`;
  }
  const { monitors, namespaces } = selectorsFor(selection, kind);
  if (monitors === null) {
    const field =
      kind === 'ServiceMonitor'
        ? 'serviceMonitorSelector'
        : 'podMonitorSelector';
    return `has no ${field}, and so selects no ${kind} at all`;
  }
  const place =
    namespaces === null
      ? `of its own namespace ${selection.namespace}`
      : placeText(selectorText(namespaces));
  return `selects ${every(kind, selectorText(monitors))} ${place}`;
}

function placeText(labels: string): string {
  return labels === ''
    ? 'of all namespaces'
    : `of namespaces labelled ${labels}`;
}

/** The selectors of a Prometheus object for a kind of monitor. */
export function selectorsFor(
  selection: Extract<MonitorSelection, { type: 'selectors' }>,
  kind: MonitorKind,
) {
  return kind === 'ServiceMonitor'
    ? selection.serviceMonitors
    : selection.podMonitors;
}
