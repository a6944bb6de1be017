import { Document, isScalar, isSeq, visit } from 'yaml';
import { formatDuration } from './duration';
import { milliseconds } from './durationText';
import type { PrometheusConfig, ScrapeConfig } from './parsePrometheusConfig';
import type { RelabelRule } from './relabelSchema';

/** Leaves out what a real Prometheus does not print while it is empty. */
function nonEmpty(entries: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(entries).filter(
      ([, value]) =>
        value !== undefined &&
        value !== 0 &&
        value !== '' &&
        !(Array.isArray(value) && value.length === 0),
    ),
  );
}

function describeRule(rule: RelabelRule): Record<string, unknown> {
  return nonEmpty({
    source_labels: rule.source_labels,
    separator: rule.separator,
    regex: rule.regex === '(.*)' ? undefined : rule.regex,
    modulus: rule.modulus,
    target_label: rule.target_label,
    replacement: rule.replacement,
    action: rule.action,
  });
}

function describeScrapeConfig(config: ScrapeConfig): Record<string, unknown> {
  return {
    job_name: config.job_name,
    ...(config.honor_labels ? { honor_labels: true } : {}),
    honor_timestamps: config.honor_timestamps,
    track_timestamps_staleness: config.track_timestamps_staleness,
    ...nonEmpty({ params: config.params }),
    scrape_interval: config.scrape_interval,
    scrape_timeout: config.scrape_timeout,
    scrape_protocols: config.scrape_protocols,
    scrape_native_histograms: config.scrape_native_histograms,
    always_scrape_classic_histograms: config.always_scrape_classic_histograms,
    convert_classic_histograms_to_nhcb:
      config.convert_classic_histograms_to_nhcb,
    metrics_path: config.metrics_path,
    scheme: config.scheme,
    enable_compression: config.enable_compression,
    ...nonEmpty({
      sample_limit: config.sample_limit,
      target_limit: config.target_limit,
      label_limit: config.label_limit,
      label_name_length_limit: config.label_name_length_limit,
      label_value_length_limit: config.label_value_length_limit,
      keep_dropped_targets: config.keep_dropped_targets,
      fallback_scrape_protocol: config.fallback_scrape_protocol,
    }),
    metric_name_validation_scheme: config.metric_name_validation_scheme,
    metric_name_escaping_scheme: config.metric_name_escaping_scheme,
    extra_scrape_metrics: config.extra_scrape_metrics,
    follow_redirects: config.follow_redirects,
    enable_http2: config.enable_http2,
    ...nonEmpty({
      relabel_configs: config.relabel_configs.map(describeRule),
      metric_relabel_configs: config.metric_relabel_configs.map(describeRule),
      kubernetes_sd_configs: config.kubernetes_sd_configs,
      static_configs: config.static_configs,
    }),
  };
}

function describeStorage({ storage }: PrometheusConfig): unknown {
  const time = storage?.tsdb?.retention?.time;
  return time === undefined
    ? storage
    : {
        ...storage,
        tsdb: {
          ...storage?.tsdb,
          retention: {
            ...storage?.tsdb?.retention,
            time: formatDuration(milliseconds(time)),
          },
        },
      };
}

/** As Prometheus prints YAML: lists not indented, and those of source labels on one line. */
function print(value: unknown): string {
  const document = new Document(value);
  visit(document, {
    Pair(_, { key, value: list }) {
      if (isScalar(key) && key.value === 'source_labels' && isSeq(list)) {
        list.flow = true;
      }
    },
  });
  return document.toString({
    indentSeq: false,
    lineWidth: 0,
    flowCollectionPadding: false,
  });
}

/**
 * The configuration as it runs, with all defaults: what
 * `/api/v1/status/config` tells. Sections that the embedded Prometheus does
 * not look into are shown as they were given.
 */
export function describeConfig(config: PrometheusConfig): string {
  const { global } = config;
  return print({
    global: {
      scrape_interval: global.scrape_interval,
      scrape_timeout: global.scrape_timeout,
      ...nonEmpty({ scrape_protocols: global.scrape_protocols }),
      evaluation_interval: global.evaluation_interval,
      ...nonEmpty({
        rule_query_offset: global.rule_query_offset,
        external_labels: global.external_labels,
        sample_limit: global.sample_limit,
        target_limit: global.target_limit,
        label_limit: global.label_limit,
        label_name_length_limit: global.label_name_length_limit,
        label_value_length_limit: global.label_value_length_limit,
        keep_dropped_targets: global.keep_dropped_targets,
      }),
      metric_name_validation_scheme: global.metric_name_validation_scheme,
      scrape_native_histograms: global.scrape_native_histograms,
      extra_scrape_metrics: global.extra_scrape_metrics,
    },
    ...nonEmpty({
      runtime: config.runtime,
      alerting: config.alerting,
      rule_files: config.rule_files,
      scrape_configs: config.scrape_configs.map(describeScrapeConfig),
      storage: describeStorage(config),
      otlp: config.otlp,
    }),
  });
}
