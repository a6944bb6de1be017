import { stringify } from 'yaml';
import type { Prometheus } from '../prometheusSpec';
import type { ServiceMonitor } from '../serviceMonitorSpec';
import { scrapeConfigsOf } from './scrapeConfigsOf';

/** The operator's default where neither time nor size is bounded. */
const DEFAULT_RETENTION = '24h';

function externalLabels({
  namespace,
  name,
  spec,
}: Prometheus): Record<string, string> {
  const own = spec.prometheusExternalLabelName ?? 'prometheus';
  const replica = spec.replicaExternalLabelName ?? 'prometheus_replica';
  const labels: Record<string, string> = {
    ...spec.externalLabels,
    ...(own === '' ? {} : { [own]: `${namespace}/${name}` }),
    ...(replica === '' ? {} : { [replica]: '$(POD_NAME)' }),
  };
  return Object.fromEntries(
    Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function retentionOf({
  spec: { retention, retentionSize },
}: Prometheus): Record<string, string> {
  return {
    ...(retention || !retentionSize
      ? { time: retention || DEFAULT_RETENTION }
      : {}),
    ...(retentionSize ? { size: retentionSize } : {}),
  };
}

/**
 * The configuration of a server as operator 0.93 writes it, for Prometheus
 * 3.13. It holds `$(POD_NAME)` and `$(SHARD)`, which the server replaces.
 *
 * @returns YAML
 */
export function prometheusConfig(
  prometheus: Prometheus,
  monitors: readonly ServiceMonitor[],
): string {
  const { spec } = prometheus;
  return stringify(
    {
      global: {
        scrape_interval: spec.scrapeInterval,
        ...(spec.scrapeTimeout ? { scrape_timeout: spec.scrapeTimeout } : {}),
        external_labels: externalLabels(prometheus),
        evaluation_interval: spec.evaluationInterval,
      },
      scrape_configs: monitors.flatMap(monitor =>
        scrapeConfigsOf(monitor, spec),
      ),
      storage: { tsdb: { retention: retentionOf(prometheus) } },
    },
    { indentSeq: false, lineWidth: 0, aliasDuplicateObjects: false },
  );
}
