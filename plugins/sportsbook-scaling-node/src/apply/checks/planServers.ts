import {
  describeServers,
  ListObjects,
  MonitoringServer,
  readKnownServers,
} from '../../monitoring';
import { PlanContext } from '../PlanContext';
import { ofSetAndCluster } from './ofSetAndCluster';

/** The set and the cluster together, as the monitoring engine reads them. */
function listerOf(context: PlanContext): ListObjects {
  return async (kind, namespace) => {
    const { items, warnings } = await ofSetAndCluster(context, kind, namespace);
    return warnings.length === 0
      ? { items }
      : { items, unreadable: warnings[0] };
  };
}

/** The servers of set, cluster and configuration; `warnings` where there may be more. */
export async function planServers(
  context: PlanContext,
): Promise<{ servers: MonitoringServer[]; warnings: string[] }> {
  const { client, allowedNamespaces, prometheus } = context;
  const { known, unreadable } = await readKnownServers({
    list: listerOf(context),
    namespaces: [
      ...allowedNamespaces,
      ...(prometheus?.allowedNamespaces ?? []).filter(name => name !== '*'),
    ],
    configured: prometheus?.configured?.get(client.cluster) ?? [],
  });
  return {
    servers: describeServers(known),
    warnings: unreadable === undefined ? [] : [unreadable],
  };
}
