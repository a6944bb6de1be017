import type { PrometheusChoice } from '@sportsbook/plugin-sportsbook-scaling-common';
import { servesNamespace } from '../model/ConfiguredPrometheus';
import { MonitoringServer } from './MonitoringServer';
import { selectionScope } from './selectionScope';
import {
  MonitorPlace,
  SelectionVerdict,
  whichServersSelect,
} from './whichServersSelect';

const RANK = { scrapes: 0, unknown: 1, refuses: 2 };

function usability(
  { server, verdict }: { server: MonitoringServer; verdict: SelectionVerdict },
  namespace: string,
):
  | { verdict: 'scrapes' | 'unknown'; address: string; reason: string }
  | { verdict: 'refuses'; reason: string } {
  if (
    server.configured !== undefined &&
    !servesNamespace(server.configured, namespace)
  ) {
    return {
      verdict: 'refuses',
      reason: `Backstage's configuration gives it to the namespaces ${server.configured.namespaces.join(
        ', ',
      )}`,
    };
  }
  if (verdict.status === 'refuses') {
    return { verdict: 'refuses', reason: verdict.reason };
  }
  if ('missing' in server.address) {
    return {
      verdict: 'refuses',
      reason: `${verdict.reason}, but KEDA cannot ask it: ${server.address.missing}`,
    };
  }
  return {
    verdict: verdict.status === 'unknown' ? 'unknown' : 'scrapes',
    address: server.address.url,
    // The labels that are still missing stand beside it, and will be there.
    reason:
      verdict.status === 'selectsWith'
        ? selectionScope(server.selection, 'ServiceMonitor')
        : verdict.reason,
  };
}

/** `Selects every …`, with a full stop. */
function sentence(text: string): string {
  return `${text.charAt(0).toLocaleUpperCase('en-US')}${text.slice(1)}.`;
}

/**
 * A cluster's servers as the form shows them: those that will scrape the
 * service first, for a ServiceMonitor that may still get labels. Those that our
 * template made belong to one service each, and are left out.
 */
export function choosePrometheus(
  monitor: MonitorPlace,
  servers: readonly MonitoringServer[],
): PrometheusChoice[] {
  return whichServersSelect(
    monitor,
    servers.filter(({ ofService }) => ofService === undefined),
  )
    .map(({ server, verdict }): PrometheusChoice => {
      const usable = usability({ server, verdict }, monitor.namespace);
      const shared = {
        name: server.name,
        source: server.source,
        ...(server.version !== undefined && { version: server.version }),
        reason: sentence(usable.reason),
        warnings: [
          ...server.warnings,
          ...('warning' in server.address &&
          server.address.warning !== undefined
            ? [server.address.warning]
            : []),
        ].map(sentence),
      };
      return usable.verdict === 'refuses'
        ? { ...shared, verdict: usable.verdict }
        : {
            ...shared,
            verdict: usable.verdict,
            address: usable.address,
            serviceMonitorLabels: 'labels' in verdict ? verdict.labels : {},
          };
    })
    .sort(
      (a, b) =>
        RANK[a.verdict] - RANK[b.verdict] ||
        // One with nothing to warn of is the better proposal.
        a.warnings.length - b.warnings.length ||
        (a.name < b.name ? -1 : 1),
    );
}
