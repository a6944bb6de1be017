import {
  formatObjectRef,
  groupKindOf,
  KubernetesObject,
  objectRefOf,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { objectKey } from '../../model/objectKey';
import { PlanProblem } from '../../model/PlanProblem';
import {
  MonitoringServer,
  monitorTargets,
  POD_MONITOR,
  SelectionVerdict,
  SERVICE_MONITOR,
  whichServersSelect,
} from '../../monitoring';
import { CheckResult, PlanCheck, PlanContext } from '../PlanContext';
import { ResolvedObject } from '../ResolvedObject';
import { monitoredServices, ServiceOfSet } from './monitoredServices';
import { monitorPlace } from './monitorPlace';
import { NamedServer, namedServers } from './namedServers';
import { ofSetAndCluster } from './ofSetAndCluster';
import { serversBehind } from './serversBehind';

/** A monitor beside one of the set that scrapes the same. */
interface Double {
  monitor: ResolvedObject;
  other: KubernetesObject;
  service: ServiceOfSet;
  server: MonitoringServer;
  verdict: SelectionVerdict;
}

/** All monitors that can be seen: of the cluster, or else of the namespaces that are written to. */
async function monitorsSeen(
  context: PlanContext,
): Promise<{ monitors: KubernetesObject[]; warnings: string[] }> {
  const listed = await Promise.all(
    [SERVICE_MONITOR, POD_MONITOR].map(async kind => {
      const everywhere = await ofSetAndCluster(context, kind);
      if (everywhere.warnings.length === 0) {
        return everywhere;
      }
      const near = await Promise.all(
        context.allowedNamespaces.map(namespace =>
          ofSetAndCluster(context, kind, namespace),
        ),
      );
      return {
        items: near.flatMap(({ items }) => items),
        warnings: everywhere.warnings,
      };
    }),
  );
  return {
    monitors: listed.flatMap(({ items }) => items),
    warnings: listed.flatMap(({ warnings }) => warnings),
  };
}

/** Ports and paths that both monitors scrape. */
function overlap(
  one: KubernetesObject,
  other: KubernetesObject,
  service: ServiceOfSet,
): boolean {
  const targets = monitorTargets(one, service);
  return monitorTargets(other, service).some(({ port, path }) =>
    targets.some(target => target.port === port && target.path === path),
  );
}

const keyOf = (object: KubernetesObject) => objectKey(objectRefOf(object));

/** The other monitors of the services of a set that one server takes up as well. */
async function doublesOn(
  context: PlanContext,
  server: MonitoringServer,
  seen: KubernetesObject[],
): Promise<Double[]> {
  const ours = context.objects.filter(
    ({ ref }) => groupKindOf(ref) === groupKindOf(SERVICE_MONITOR),
  );
  const pairs = monitoredServices(context.objects).flatMap(service =>
    ours.flatMap((monitor, index) =>
      seen
        .filter(
          other =>
            // Of two monitors of the set, the second is enough.
            !ours
              .slice(0, index + 1)
              .some(({ object }) => keyOf(object) === keyOf(other)) &&
            overlap(monitor.object, other, service),
        )
        .map(other => ({ monitor, other, service })),
    ),
  );
  const judged = await Promise.all(
    pairs.map(async pair => {
      const [[one], [two]] = await Promise.all(
        [pair.monitor.object, pair.other].map(async object =>
          whichServersSelect(await monitorPlace(context, object), [server]),
        ),
      );
      return one.verdict.status === 'selects' &&
        ['selects', 'unknown'].includes(two.verdict.status)
        ? [{ ...pair, server, verdict: two.verdict }]
        : [];
    }),
  );
  return judged.flat();
}

function problemOf(
  { monitor, other, service }: Double,
  named: NamedServer,
): PlanProblem {
  const twin = formatObjectRef(objectRefOf(other));
  return {
    ref: monitor.ref,
    source: monitor.source,
    message: `the Prometheus at ${
      named.serverAddress
    } would scrape ${formatObjectRef(
      service.service.ref,
    )} twice, since ${twin} selects the same port of its pods already; each request would count double. Delete ${twin}, or leave ${formatObjectRef(
      monitor.ref,
    )} out`,
  };
}

/**
 * Refuses a ServiceMonitor where another ServiceMonitor or a PodMonitor makes
 * the server that a trigger asks scrape the same pods already.
 */
export const checkMonitoredOnce: PlanCheck = async context => {
  const named = namedServers(context.objects);
  if (named.length === 0) {
    return { problems: [] };
  }
  const { monitors, warnings } = await monitorsSeen(context);
  const results = await Promise.all(
    named.map(async (each): Promise<CheckResult> => {
      const servers = await serversBehind(context, each);
      // That it could not be told is said where selection is checked.
      if (servers.status === 'unreadable') {
        return { problems: [] };
      }
      const doubles = (
        await Promise.all(
          servers.value.map(server => doublesOn(context, server, monitors)),
        )
      ).flat();
      return {
        problems: doubles
          .filter(({ verdict }) => verdict.status === 'selects')
          .map(double => problemOf(double, each)),
        warnings: doubles
          .filter(({ verdict }) => verdict.status === 'unknown')
          .map(
            ({ other, verdict }) =>
              `Whether the Prometheus at ${
                each.serverAddress
              } takes up ${formatObjectRef(
                objectRefOf(other),
              )}, which selects the same pods, was not checked: it ${
                verdict.reason
              }`,
          ),
      };
    }),
  );
  return {
    problems: results.flatMap(({ problems }) => problems),
    warnings: [
      ...warnings,
      ...results.flatMap(result => result.warnings ?? []),
    ],
  };
};
