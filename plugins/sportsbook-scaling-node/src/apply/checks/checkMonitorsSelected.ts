import {
  formatObjectRef,
  groupKindOf,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { PlanProblem } from '../../model/PlanProblem';
import {
  labelsText,
  MonitoringServer,
  OPERATED_SERVICE,
  ServerSelection,
  whichServersSelect,
} from '../../monitoring';
import { CheckResult, PlanCheck, PlanContext } from '../PlanContext';
import { ResolvedObject } from '../ResolvedObject';
import { monitorPlace } from './monitorPlace';
import { NamedServer, namedServers } from './namedServers';
import { planServers } from './planServers';
import { serversBehind } from './serversBehind';

/** A monitor of the set, and what each server does with it. */
interface MonitorFound {
  monitor: ResolvedObject;
  selections: ServerSelection[];
}

const isTaken = ({ verdict }: ServerSelection) =>
  // Where the labels of a namespace may not be read, it may be.
  verdict.status === 'selects' ||
  (verdict.status === 'unknown' && Object.keys(verdict.labels).length === 0);

/** `Prometheus betting/odds`; a configured server has only its name. */
function nameOf({ name, source }: MonitoringServer): string {
  return source === 'object' ? `Prometheus ${name}` : `server '${name}'`;
}

/** How many servers a message lists. */
const MOST_LISTED = 3;

/** What servers have against a monitor, those first that a label would win over. */
function refusals(selections: ServerSelection[]): string {
  const rank = ({ server, verdict }: ServerSelection) =>
    Number(verdict.status === 'refuses') +
    Number(server.ofService !== undefined);
  const nearest = [...selections]
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, MOST_LISTED);
  const others = selections.length - nearest.length;
  return nearest
    .map(({ server, verdict }) => `${nameOf(server)} ${verdict.reason}`)
    .join('. ')
    .concat(others === 0 ? '' : `. ${others} more do not select it either`);
}

/** What to do about a monitor that servers refuse. */
function nextStep(selections: ServerSelection[]): string {
  const [addable] = selections.flatMap(({ verdict }) =>
    verdict.status === 'selectsWith' ? [verdict.labels] : [],
  );
  return addable === undefined
    ? "Give it the labels of a server's serviceMonitorSelector, in a namespace of its serviceMonitorNamespaceSelector"
    : `Give it the labels ${labelsText(addable)}`;
}

function problemOf(
  { ref, source }: ResolvedObject,
  reason: string,
): PlanProblem {
  return { ref, source, message: reason };
}

/** Every server that a trigger's question may land on must scrape at least one of the monitors beside it. */
async function checkNamedServer(
  context: PlanContext,
  named: NamedServer,
  found: MonitorFound[],
): Promise<CheckResult> {
  const beside = found.filter(
    ({ monitor }) => monitor.ref.namespace === named.namespace,
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
          .map(({ monitor }) => formatObjectRef(monitor.ref))
          .join(', ')} was not checked: ${servers.reason}`,
      ],
    };
  }
  const names = servers.value.map(({ name }) => name);
  const asked = beside.map(({ monitor, selections }) => ({
    monitor,
    selections: selections.filter(({ server }) => names.includes(server.name)),
  }));
  const blind = names.filter(
    name =>
      !asked.some(({ selections }) =>
        selections.some(
          selection => selection.server.name === name && isTaken(selection),
        ),
      ),
  );
  return {
    problems:
      blind.length === 0
        ? []
        : asked.map(({ monitor, selections }) => {
            const refused = selections.filter(({ server }) =>
              blind.includes(server.name),
            );
            return problemOf(
              monitor,
              `the Prometheus at ${serverAddress}, which a trigger asks, does not select it: ${refusals(
                refused,
              )}. ${nextStep(refused)}`,
            );
          }),
    warnings: warningsOf(named, servers.value),
  };
}

function warningsOf(
  { serverAddress, address }: NamedServer,
  servers: MonitoringServer[],
): string[] {
  return servers.flatMap(server => [
    ...('missing' in server.address
      ? [`${nameOf(server)} at ${serverAddress}: ${server.address.missing}`]
      : []),
    ...[
      ...server.warnings,
      ...('warning' in server.address &&
      server.address.warning !== undefined &&
      address.type === 'service' &&
      address.service === OPERATED_SERVICE
        ? [server.address.warning]
        : []),
    ].map(warning => `${nameOf(server)} ${warning}`),
  ]);
}

/**
 * Refuses a ServiceMonitor that no Prometheus of set, cluster or configuration
 * would take up, and ServiceMonitors beside a ScaledObject that asks another
 * Prometheus than the one that takes them up.
 */
export const checkMonitorsSelected: PlanCheck = async context => {
  const monitors = context.objects.filter(
    ({ ref }) => groupKindOf(ref) === 'monitoring.coreos.com/ServiceMonitor',
  );
  if (monitors.length === 0) {
    return { problems: [] };
  }
  const { servers, warnings } = await planServers(context);
  const found = await Promise.all(
    monitors.map(async monitor => ({
      monitor,
      selections: whichServersSelect(
        await monitorPlace(context, monitor.object),
        servers,
      ),
    })),
  );
  // Of servers that may not be listed, one may select it.
  const isOrphan = ({ selections }: MonitorFound) =>
    !selections.some(isTaken) && warnings.length === 0;
  const ofTriggers = await Promise.all(
    namedServers(context.objects).map(named =>
      checkNamedServer(context, named, found),
    ),
  );
  const refused = ofTriggers
    .flatMap(({ problems }) => problems)
    .map(({ ref }) => ref);
  return {
    problems: [
      ...found
        // What a trigger's server has against it is the better reason.
        .filter(each => isOrphan(each) && !refused.includes(each.monitor.ref))
        .map(({ monitor, selections }) =>
          problemOf(
            monitor,
            selections.length === 0
              ? 'no Prometheus selects it: there is none on the cluster. Create the service with a Prometheus of its own, or describe the server in sportsbookScaling.clusters'
              : `no Prometheus selects it: ${refusals(selections)}. ${nextStep(
                  selections,
                )}`,
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
