import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { durationText, milliseconds } from './durationText';
import {
  scrapeConfigSchema,
  scrapeDefaults,
  type ScrapeProtocol,
} from './scrapeConfigSchema';
import { scalarText } from './scalarText';
import { messageOf } from '../../runtime/messageOf';

const DEFAULT_PROTOCOLS: readonly ScrapeProtocol[] = [
  'OpenMetricsText1.0.0',
  'OpenMetricsText0.0.1',
  'PrometheusText1.0.0',
  'PrometheusText0.0.4',
];

const configSchema = z.strictObject({
  global: z
    .strictObject({
      scrape_interval: durationText.default('1m'),
      scrape_timeout: durationText.optional(),
      evaluation_interval: durationText.default('1m'),
      rule_query_offset: durationText.optional(),
      external_labels: z.record(z.string(), scalarText).optional(),
      ...scrapeDefaults,
    })
    .prefault({}),
  runtime: z.record(z.string(), z.unknown()).optional(),
  scrape_configs: z.array(scrapeConfigSchema).default([]),
  rule_files: z.array(z.string()).default([]),
  alerting: z.record(z.string(), z.unknown()).optional(),
  storage: z
    .strictObject({
      tsdb: z
        .strictObject({
          retention: z
            .strictObject({
              time: durationText.optional(),
              size: scalarText.optional(),
              percentage: z.number().optional(),
            })
            .optional(),
          outofordertimewindow: z.number().optional(),
          out_of_order_time_window: scalarText.optional(),
        })
        .optional(),
      exemplars: z.record(z.string(), z.unknown()).optional(),
    })
    .optional(),
  otlp: z.record(z.string(), z.unknown()).optional(),
});

type ParsedConfig = z.output<typeof configSchema>;
type ParsedScrapeConfig = z.output<typeof scrapeConfigSchema>;

/** One scrape configuration with everything filled in that it takes from `global`. */
export type ScrapeConfig = Omit<
  ParsedScrapeConfig,
  'scrape_interval' | 'scrape_timeout' | 'scrape_protocols'
> & {
  scrape_interval: string;
  scrape_timeout: string;
  scrape_protocols: readonly ScrapeProtocol[];
};

/** Prometheus' configuration, with its defaults. */
export type PrometheusConfig = Omit<
  ParsedConfig,
  'scrape_configs' | 'global'
> & {
  global: ParsedConfig['global'] & { scrape_timeout: string };
  scrape_configs: readonly ScrapeConfig[];
};

/** A configuration that is none, or that wants what the embedded Prometheus does not have. */
export class PrometheusConfigError extends Error {
  readonly name = 'PrometheusConfigError' as const;
}

function shorter(a: string, b: string): string {
  return milliseconds(a) < milliseconds(b) ? a : b;
}

function problemsOf(error: z.ZodError): string {
  return error.issues
    .map(({ path, message }) => `${path.join('.')}: ${message}`)
    .join('; ');
}

function fillIn(
  config: ParsedScrapeConfig,
  { global }: Pick<PrometheusConfig, 'global'>,
): ScrapeConfig {
  const interval = config.scrape_interval ?? global.scrape_interval;
  const timeout =
    config.scrape_timeout ?? shorter(interval, global.scrape_timeout);
  if (milliseconds(timeout) > milliseconds(interval)) {
    throw new PrometheusConfigError(
      `scrape timeout greater than scrape interval for scrape config with job name "${config.job_name}"`,
    );
  }
  return {
    ...config,
    scrape_interval: interval,
    scrape_timeout: timeout,
    scrape_protocols:
      config.scrape_protocols ?? global.scrape_protocols ?? DEFAULT_PROTOCOLS,
    sample_limit: config.sample_limit || global.sample_limit,
    target_limit: config.target_limit || global.target_limit,
    label_limit: config.label_limit || global.label_limit,
    label_name_length_limit:
      config.label_name_length_limit || global.label_name_length_limit,
    label_value_length_limit:
      config.label_value_length_limit || global.label_value_length_limit,
    keep_dropped_targets:
      config.keep_dropped_targets || global.keep_dropped_targets,
  };
}

/**
 * Reads a Prometheus configuration as the operator writes it. Everything that
 * it holds is understood, or refused by name.
 *
 * @throws PrometheusConfigError
 */
export function parsePrometheusConfig(text: string): PrometheusConfig {
  let document: unknown;
  try {
    document = parseYaml(text);
  } catch (error) {
    throw new PrometheusConfigError(
      `the configuration is no YAML: ${messageOf(error)}`,
    );
  }
  const parsed = configSchema.safeParse(document ?? {});
  if (!parsed.success) {
    throw new PrometheusConfigError(
      `the embedded Prometheus cannot run this configuration: ${problemsOf(
        parsed.error,
      )}`,
    );
  }
  const { global, scrape_configs: scrapeConfigs, ...rest } = parsed.data;
  const filled = {
    ...global,
    scrape_timeout:
      global.scrape_timeout ?? shorter('10s', global.scrape_interval),
  };
  const names = scrapeConfigs.map(({ job_name: name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new PrometheusConfigError(
      `found multiple scrape configs with job name "${twice}"`,
    );
  }
  return {
    ...rest,
    global: filled,
    scrape_configs: scrapeConfigs.map(config =>
      fillIn(config, { global: filled }),
    ),
  };
}

/** What a configuration names that is kept from running, but does not keep it from running. */
export function notRunBy(config: PrometheusConfig): string[] {
  const managers = config.alerting?.alertmanagers;
  return [
    ...(config.rule_files.length > 0 ? ['rule_files'] : []),
    ...(Array.isArray(managers) && managers.length > 0
      ? ['alerting.alertmanagers']
      : []),
  ];
}
