import type { PrometheusSpec } from '../prometheusSpec';
import type { MonitorEndpoint, ServiceMonitor } from '../serviceMonitorSpec';
import { serviceRelabelings, userRelabelings } from './serviceRelabelings';

function isGiven<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}

function namespacesOf(
  { namespace, spec }: ServiceMonitor,
  prometheus: PrometheusSpec,
): string[] {
  const { any, matchNames } = spec.namespaceSelector;
  if (prometheus.ignoreNamespaceSelectors) {
    return [namespace];
  }
  if (any) {
    return [];
  }
  return matchNames.length === 0 ? [namespace] : matchNames;
}

/** How a target is asked, in the operator's order of keys. */
function requestSettings(endpoint: MonitorEndpoint): Record<string, unknown> {
  const { params, scheme, followRedirects, enableHttp2 } = endpoint;
  return {
    ...(endpoint.interval ? { scrape_interval: endpoint.interval } : {}),
    ...(endpoint.scrapeTimeout
      ? { scrape_timeout: endpoint.scrapeTimeout }
      : {}),
    ...(endpoint.path ? { metrics_path: endpoint.path } : {}),
    ...(params ? { params } : {}),
    ...(scheme ? { scheme: scheme.toLowerCase() } : {}),
    ...(isGiven(followRedirects) ? { follow_redirects: followRedirects } : {}),
    ...(isGiven(enableHttp2) ? { enable_http2: enableHttp2 } : {}),
  };
}

function limitsOf({ spec }: ServiceMonitor): Record<string, unknown> {
  const limits: [string, unknown][] = [
    ['sample_limit', spec.sampleLimit],
    ['target_limit', spec.targetLimit],
    ['label_limit', spec.labelLimit],
    ['label_name_length_limit', spec.labelNameLengthLimit],
    ['label_value_length_limit', spec.labelValueLengthLimit],
    ['keep_dropped_targets', spec.keepDroppedTargets],
    ['scrape_protocols', spec.scrapeProtocols],
    ['fallback_scrape_protocol', spec.fallbackScrapeProtocol],
  ];
  return Object.fromEntries(limits.filter(([, value]) => isGiven(value)));
}

/** One entry of `scrape_configs` for each endpoint of a ServiceMonitor. */
export function scrapeConfigsOf(
  monitor: ServiceMonitor,
  prometheus: PrometheusSpec,
): Record<string, unknown>[] {
  const { namespace, name, spec } = monitor;
  const slices =
    (spec.serviceDiscoveryRole ?? prometheus.serviceDiscoveryRole) ===
    'EndpointSlice';
  const role = slices ? 'endpointslice' : 'endpoints';
  const namespaces = namespacesOf(monitor, prometheus);
  return spec.endpoints.map((endpoint, index) => ({
    job_name: `serviceMonitor/${namespace}/${name}/${index}`,
    honor_labels: endpoint.honorLabels ?? false,
    ...(isGiven(endpoint.honorTimestamps)
      ? { honor_timestamps: endpoint.honorTimestamps }
      : {}),
    ...(isGiven(endpoint.trackTimestampsStaleness)
      ? { track_timestamps_staleness: endpoint.trackTimestampsStaleness }
      : {}),
    kubernetes_sd_configs: [
      {
        role,
        ...(namespaces.length === 0
          ? {}
          : { namespaces: { names: namespaces } }),
      },
    ],
    ...requestSettings(endpoint),
    relabel_configs: serviceRelabelings(spec, endpoint, { role, prometheus }),
    ...limitsOf(monitor),
    ...(endpoint.metricRelabelings?.length
      ? { metric_relabel_configs: userRelabelings(endpoint.metricRelabelings) }
      : {}),
  }));
}
