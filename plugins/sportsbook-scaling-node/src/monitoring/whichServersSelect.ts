import { ANY_NAMESPACE } from '../model/ConfiguredPrometheus';
import { LabelSelector, matchesLabelSelector } from './labelSelector';
import { labelsToAdd } from './labelsToAdd';
import { MonitoringServer, MonitorSelection } from './MonitoringServer';
import {
  labelsText,
  MonitorKind,
  selectionScope,
  selectorsFor,
} from './selectionScope';

/** A monitor, as a server's selectors see it. */
export interface MonitorPlace {
  kind: MonitorKind;
  labels: Record<string, string>;
  namespace: string;
  /** Undefined: they may not be read. */
  namespaceLabels: Record<string, string> | undefined;
}

/** Whether one server takes a monitor up; the reason is a sentence without a full stop. */
export type SelectionVerdict = { reason: string } & (
  | { status: 'selects' }
  /** Once it has these labels besides. */
  | { status: 'selectsWith'; labels: Record<string, string> }
  | { status: 'refuses' }
  /** It hangs on what may not be read; with these labels besides it may be selected. */
  | { status: 'unknown'; labels: Record<string, string> }
);

export interface ServerSelection {
  server: MonitoringServer;
  verdict: SelectionVerdict;
}

/** Whether a namespace is among those that a selector names; the reason where it is not. */
function namespaceVerdict(
  selector: LabelSelector,
  { namespace, namespaceLabels }: MonitorPlace,
): 'selected' | 'unknown' | { refused: string } {
  // The API server itself gives every namespace this label.
  const own = { 'kubernetes.io/metadata.name': namespace };
  if (namespaceLabels === undefined) {
    return matchesLabelSelector(selector, own) ? 'selected' : 'unknown';
  }
  const gap = labelsToAdd(selector, { ...namespaceLabels, ...own });
  switch (gap.status) {
    case 'none':
      return 'selected';
    case 'addable':
      return {
        refused: `namespace ${namespace} lacks ${labelsText(gap.labels)}`,
      };
    default:
      return { refused: `namespace ${namespace} is not one of them` };
  }
}

/** The verdict on the monitor's own labels, in a namespace that the server looks into. */
function labelsVerdict(
  selector: LabelSelector,
  { labels }: MonitorPlace,
  scope: string,
): SelectionVerdict {
  const gap = labelsToAdd(selector, labels);
  switch (gap.status) {
    case 'none':
      return { status: 'selects', reason: scope };
    case 'addable':
      return {
        status: 'selectsWith',
        labels: gap.labels,
        reason: `${scope}; this one needs ${labelsText(gap.labels)}`,
      };
    default:
      return {
        status: 'refuses',
        reason: `${scope}; this one has other values of ${gap.keys.join(', ')}`,
      };
  }
}

function selectorsVerdict(
  selection: Extract<MonitorSelection, { type: 'selectors' }>,
  monitor: MonitorPlace,
): SelectionVerdict {
  const scope = selectionScope(selection, monitor.kind);
  const { monitors, namespaces } = selectorsFor(selection, monitor.kind);
  const { namespace } = monitor;
  if (monitors === null) {
    return { status: 'refuses', reason: scope };
  }
  if (namespaces === null) {
    return selection.namespace === namespace
      ? labelsVerdict(monitors, monitor, scope)
      : { status: 'refuses', reason: `${scope}; this one is in ${namespace}` };
  }
  const place = namespaceVerdict(namespaces, monitor);
  if (typeof place === 'object') {
    return { status: 'refuses', reason: `${scope}; ${place.refused}` };
  }
  const verdict = labelsVerdict(monitors, monitor, scope);
  return place === 'selected' || verdict.status === 'refuses'
    ? verdict
    : {
        status: 'unknown',
        labels: verdict.status === 'selects' ? {} : verdict.labels,
        reason: `${verdict.reason}; the labels of namespace ${namespace} may not be read`,
      };
}

function statedVerdict(
  selection: Extract<MonitorSelection, { type: 'stated' }>,
  monitor: MonitorPlace,
): SelectionVerdict {
  const scope = selectionScope(selection, monitor.kind);
  const { namespaces, monitorLabels } = selection;
  return namespaces.includes(ANY_NAMESPACE) ||
    namespaces.includes(monitor.namespace)
    ? labelsVerdict(
        { matchLabels: monitorLabels, matchExpressions: [] },
        monitor,
        scope,
      )
    : {
        status: 'refuses',
        reason: `${scope}; this one is in ${monitor.namespace}`,
      };
}

/**
 * What each server does with one monitor, and why.
 *
 * @remarks
 * As the Prometheus operator selects: no `serviceMonitorSelector` is none, an
 * empty one is all; no `serviceMonitorNamespaceSelector` is the server's own
 * namespace, an empty one is all namespaces.
 */
export function whichServersSelect(
  monitor: MonitorPlace,
  servers: readonly MonitoringServer[],
): ServerSelection[] {
  return servers.map(server => ({
    server,
    verdict:
      server.selection.type === 'stated'
        ? statedVerdict(server.selection, monitor)
        : selectorsVerdict(server.selection, monitor),
  }));
}
