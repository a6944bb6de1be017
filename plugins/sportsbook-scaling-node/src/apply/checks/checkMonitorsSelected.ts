import {
  groupKindOf,
  formatObjectRef,
  KubernetesObject,
  objectRefOf,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { CheckResult, PlanCheck, PlanContext } from '../PlanContext';
import { PlanProblem } from '../../model/PlanProblem';
import { ResolvedObject } from '../ResolvedObject';
import { NamedServer, namedServers } from './namedServers';
import { ofSetAndCluster } from './ofSetAndCluster';
import { selectsMonitor } from './selectsMonitor';
import { PROMETHEUS, serversBehind } from './serversBehind';

const SERVER_KINDS = [
  PROMETHEUS,
  { apiVersion: 'monitoring.coreos.com/v1alpha1', kind: 'PrometheusAgent' },
];

async function areSelected(
  context: PlanContext,
  servers: KubernetesObject[],
  monitors: ResolvedObject[],
): Promise<boolean[]> {
  return Promise.all(
    monitors.map(async monitor => {
      const selected = await Promise.all(
        servers.map(server => selectsMonitor(context, server, monitor)),
      );
      return selected.includes(true);
    }),
  );
}

function namesOf(servers: KubernetesObject[]): string {
  return servers.map(server => formatObjectRef(objectRefOf(server))).join(', ');
}

function problemOf(
  { ref, source }: ResolvedObject,
  reason: string,
): PlanProblem {
  return {
    ref,
    source,
    message: `${reason}; give it the labels of a server's serviceMonitorSelector, in a namespace of its serviceMonitorNamespaceSelector`,
  };
}

/** What a trigger asks must scrape at least one of the monitors beside it. */
async function checkNamedServer(
  context: PlanContext,
  named: NamedServer,
  monitors: ResolvedObject[],
): Promise<CheckResult> {
  const beside = monitors.filter(
    ({ ref }) => ref.namespace === named.namespace,
  );
  if (beside.length === 0) {
    return { problems: [] };
  }
  const { serverAddress } = named;
  const servers = await serversBehind(context, named);
  if (servers.status === 'unreadable') {
    return {
      problems: [],
      warnings: [
        `Whether the Prometheus at ${serverAddress}, which a trigger asks, selects ${beside
          .map(({ ref }) => formatObjectRef(ref))
          .join(', ')} was not checked: ${servers.reason}`,
      ],
    };
  }
  const selected = await areSelected(context, servers.value, beside);
  return {
    problems: selected.includes(true)
      ? []
      : beside.map(monitor =>
          problemOf(
            monitor,
            `the Prometheus at ${serverAddress}, which a trigger asks (${namesOf(
              servers.value,
            )}), does not select it`,
          ),
        ),
  };
}

/**
 * Refuses a ServiceMonitor that no Prometheus of set or cluster would take up,
 * and ServiceMonitors beside a ScaledObject that asks another Prometheus than
 * the one that takes them up.
 */
export const checkMonitorsSelected: PlanCheck = async context => {
  const monitors = context.objects.filter(
    ({ ref }) => groupKindOf(ref) === 'monitoring.coreos.com/ServiceMonitor',
  );
  if (monitors.length === 0) {
    return { problems: [] };
  }
  const found = await Promise.all(
    SERVER_KINDS.map(kind => ofSetAndCluster(context, kind)),
  );
  const servers = found.flatMap(({ items }) => items);
  const warnings = found.flatMap(result => result.warnings);
  const selected = await areSelected(context, servers, monitors);
  // Of servers that may not be listed, one may select it.
  const taken = monitors.filter(
    (_, index) => selected[index] || warnings.length > 0,
  );
  const ofTriggers = await Promise.all(
    namedServers(context.objects).map(named =>
      checkNamedServer(context, named, taken),
    ),
  );
  return {
    problems: [
      ...monitors
        .filter(monitor => !taken.includes(monitor))
        .map(monitor =>
          problemOf(
            monitor,
            `no Prometheus selects it (${
              servers.length === 0 ? 'there is none' : namesOf(servers)
            })`,
          ),
        ),
      ...ofTriggers.flatMap(({ problems }) => problems),
    ],
    warnings: [
      ...warnings,
      ...ofTriggers.flatMap(result => result.warnings ?? []),
    ],
  };
};
