import {
  derivedNames,
  PolicyProblem,
  PROMETHEUS_PORT,
  ScalingPolicy,
  serviceMonitorLabels,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import {
  ConfiguredPrometheus,
  isSameServer,
  parsePrometheusAddress,
  servesNamespace,
} from '@sportsbook/plugin-sportsbook-scaling-node';

/** Who measures a service, and what its manifests need for that. */
export interface ServiceMonitoring {
  /** What KEDA asks. */
  address: string;
  /** Name of the server, where it has one. */
  server: string | undefined;
  /** Labels of the ServiceMonitor besides the service's own. */
  serviceMonitorLabels: Record<string, string>;
  /** Labels of the query besides the service's own. */
  queryLabels: Record<string, string>;
  headers: Record<string, string>;
  triggerAuthentication: ConfiguredPrometheus['triggerAuthentication'];
}

type Result =
  | { ok: true; monitoring: ServiceMonitoring }
  | { ok: false; problems: PolicyProblem[] };

function measuredAt(
  address: string,
  configured: ConfiguredPrometheus | undefined,
  chosenLabels: Record<string, string> = {},
): ServiceMonitoring {
  return {
    address,
    server: configured?.name,
    serviceMonitorLabels: {
      ...chosenLabels,
      ...configured?.serviceMonitorLabels,
    },
    queryLabels: configured?.queryLabels ?? {},
    headers: configured?.headers ?? {},
    triggerAuthentication: configured?.triggerAuthentication,
  };
}

/** The configured server at an address that somebody typed. */
function configuredAt(
  address: string,
  servers: readonly ConfiguredPrometheus[],
): ConfiguredPrometheus | undefined {
  return servers.find(
    server =>
      server.address !== undefined &&
      isSameServer(
        parsePrometheusAddress(server.address),
        parsePrometheusAddress(address),
      ),
  );
}

function chosenServer(
  { prometheusServer, cluster, namespace }: ScalingPolicy,
  servers: readonly ConfiguredPrometheus[],
): Result {
  const { name, address, serviceMonitorLabels: labels } = prometheusServer!;
  const refuse = (field: string, message: string): Result => ({
    ok: false,
    problems: [{ field: `prometheusServer.${field}`, message }],
  });
  const known = servers.find(server => server.name === name);
  if (known !== undefined && !servesNamespace(known, namespace)) {
    return refuse(
      'name',
      `'${name}' is for the namespaces ${known.namespaces.join(
        ', ',
      )} alone; choose another server, or have '${namespace}' added in sportsbookScaling.clusters`,
    );
  }
  // What the configuration says is not the form's to say otherwise.
  const asked = known?.address ?? address;
  if (asked === undefined) {
    const names = servers
      .filter(server => servesNamespace(server, namespace))
      .map(server => `'${server.name}'`);
    return refuse(
      name.includes('/') ? 'address' : 'name',
      name.includes('/')
        ? `is missing; a Prometheus object is chosen with the address that it is asked at`
        : `'${name}' is not configured for cluster '${cluster}'; ${
            names.length === 0 ? 'no server is' : `there is ${names.join(', ')}`
          }`,
    );
  }
  return {
    ok: true,
    monitoring: { ...measuredAt(asked, known, labels), server: name },
  };
}

/**
 * Who measures the service: its own Prometheus, or the server that was chosen,
 * with what the configuration says of it.
 *
 * @param servers - what is configured for the policy's cluster
 */
export function monitoringOf(
  policy: ScalingPolicy,
  servers: readonly ConfiguredPrometheus[],
): Result {
  const { name, namespace } = policy;
  const available = servers.filter(server =>
    servesNamespace(server, namespace),
  );
  const result: Result =
    policy.prometheusServer !== undefined
      ? chosenServer(policy, servers)
      : {
          ok: true,
          monitoring:
            policy.prometheusAddress === undefined
              ? measuredAt(
                  `http://${
                    derivedNames(name).prometheusServer
                  }.${namespace}.svc:${PROMETHEUS_PORT.number}`,
                  undefined,
                )
              : measuredAt(
                  policy.prometheusAddress,
                  configuredAt(policy.prometheusAddress, available),
                ),
        };
  return result.ok ? withoutCollision(result.monitoring, name) : result;
}

/** The service's own labels are what its objects find each other by. */
function withoutCollision(monitoring: ServiceMonitoring, name: string): Result {
  const own = serviceMonitorLabels(name);
  const labels = Object.entries(monitoring.serviceMonitorLabels);
  const taken = labels.filter(
    ([key, value]) => Object.hasOwn(own, key) && own[key] !== value,
  );
  return taken.length > 0
    ? {
        ok: false,
        problems: taken.map(([key, value]) => ({
          field: 'prometheusServer.serviceMonitorLabels',
          message: `'${key}: ${value}' is a label of the service itself, with the value '${own[key]}'; choose a server that selects by other labels`,
        })),
      }
    : {
        ok: true,
        monitoring: {
          ...monitoring,
          serviceMonitorLabels: Object.fromEntries(
            labels.filter(([key]) => !Object.hasOwn(own, key)),
          ),
        },
      };
}
