import type {
  PrometheusChoice,
  PrometheusChoices,
} from '@sportsbook/plugin-sportsbook-scaling-common';

/** A server that can be chosen. */
export type UsableServer = Exclude<PrometheusChoice, { verdict: 'refuses' }>;

export function isUsable(server: PrometheusChoice): server is UsableServer {
  return server.verdict !== 'refuses';
}

/** The server that the form proposes; undefined where none is sure to scrape the service. */
export function proposedServer({
  servers,
}: PrometheusChoices): UsableServer | undefined {
  return servers.filter(isUsable).find(({ verdict }) => verdict === 'scrapes');
}

function detectionText({ detection }: PrometheusChoices): string | undefined {
  switch (detection.status) {
    case 'forbidden':
      return `Not all servers of the cluster could be seen: ${detection.reason}`;
    case 'unreachable':
      return `The cluster could not be asked for its servers: ${detection.reason}`;
    default:
      return undefined;
  }
}

/** What the cluster has to say to the choice between an own Prometheus and one that is there. */
export function monitoringAdvice(choices: PrometheusChoices): string {
  const { namespace, servers, detection } = choices;
  const proposed = proposedServer(choices);
  const count = servers.length;
  const unseen = detectionText(choices);
  if (proposed !== undefined) {
    return `${proposed.name} will scrape a service of namespace ${namespace}.`;
  }
  if (count > 0) {
    const which =
      count === 1 ? 'The one server that is known' : `None of ${count} servers`;
    return `${which} ${
      count === 1 ? 'is not sure to' : 'is sure to'
    } scrape a service of namespace ${namespace}.${
      unseen === undefined ? '' : ` ${unseen}`
    }`;
  }
  if (unseen !== undefined) {
    return unseen;
  }
  return detection.status === 'notInstalled'
    ? 'The cluster has no Prometheus operator yet, and so no server.'
    : 'The cluster has no Prometheus server yet.';
}

/** What a usable server will do with the service, and what it takes. */
export function serverAdvice(server: UsableServer): string {
  const labels = Object.entries(server.serviceMonitorLabels)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ');
  return [
    server.reason,
    ...(labels === ''
      ? []
      : [`The service's ServiceMonitor gets the label ${labels}.`]),
    ...(server.verdict === 'unknown'
      ? ['Whether it scrapes the service shows only later.']
      : []),
    ...server.warnings,
  ].join(' ');
}
