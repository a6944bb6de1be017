import { z } from 'zod';
import { durationText } from './durationText';
import { relabelSchema } from './relabelSchema';
import { scalarText } from './scalarText';

export const SCRAPE_PROTOCOLS = [
  'PrometheusProto',
  'OpenMetricsText1.0.0',
  'OpenMetricsText0.0.1',
  'PrometheusText1.0.0',
  'PrometheusText0.0.4',
] as const;
export type ScrapeProtocol = (typeof SCRAPE_PROTOCOLS)[number];

/** What the embedded Prometheus cannot do must be off. */
const off = z.literal(false);
const limit = z.number().int().min(0);

/** Limits of one scrape, and what a target may be asked for; of `global` and of each scrape configuration. */
export const scrapeDefaults = {
  scrape_protocols: z.array(z.enum(SCRAPE_PROTOCOLS)).min(1).optional(),
  scrape_native_histograms: off.default(false),
  extra_scrape_metrics: off.default(false),
  always_scrape_classic_histograms: z.boolean().default(false),
  convert_classic_histograms_to_nhcb: off.default(false),
  metric_name_validation_scheme: z.enum(['utf8', 'legacy']).default('utf8'),
  metric_name_escaping_scheme: z.string().default('allow-utf-8'),
  body_size_limit: z.union([z.literal(0), z.literal('')]).optional(),
  sample_limit: limit.default(0),
  target_limit: limit.default(0),
  label_limit: limit.default(0),
  label_name_length_limit: limit.default(0),
  label_value_length_limit: limit.default(0),
  keep_dropped_targets: limit.default(0),
};

export const KUBERNETES_ROLES = [
  'endpointslice',
  'endpoints',
  'pod',
  'service',
] as const;
export type KubernetesRole = (typeof KUBERNETES_ROLES)[number];

const kubernetesSdSchema = z.strictObject({
  role: z
    .string()
    .transform(role => role.toLowerCase())
    .pipe(z.enum(KUBERNETES_ROLES)),
  kubeconfig_file: z.literal('').default(''),
  follow_redirects: z.boolean().default(true),
  enable_http2: z.boolean().default(true),
  namespaces: z
    .strictObject({
      own_namespace: z.boolean().default(false),
      names: z.array(z.string()).default([]),
    })
    .default({ own_namespace: false, names: [] }),
  attach_metadata: z
    .strictObject({ node: off.default(false), namespace: off.default(false) })
    .optional(),
});

export type KubernetesSdConfig = z.output<typeof kubernetesSdSchema>;

const staticConfigSchema = z.strictObject({
  targets: z.array(z.string()).default([]),
  labels: z.record(z.string(), scalarText).default({}),
});

/** One entry of `scrape_configs`. Times that it does not name are those of `global`. */
export const scrapeConfigSchema = z.strictObject({
  job_name: z.string().min(1),
  honor_labels: z.boolean().default(false),
  honor_timestamps: z.boolean().default(true),
  track_timestamps_staleness: off.default(false),
  scrape_interval: durationText.optional(),
  scrape_timeout: durationText.optional(),
  ...scrapeDefaults,
  fallback_scrape_protocol: z.enum(SCRAPE_PROTOCOLS).optional(),
  metrics_path: z.string().default('/metrics'),
  scheme: z.enum(['http', 'https']).default('http'),
  params: z.record(z.string(), z.array(scalarText)).optional(),
  enable_compression: z.boolean().default(true),
  follow_redirects: z.boolean().default(true),
  enable_http2: z.boolean().default(true),
  relabel_configs: z.array(relabelSchema).default([]),
  metric_relabel_configs: z.array(relabelSchema).default([]),
  kubernetes_sd_configs: z.array(kubernetesSdSchema).default([]),
  static_configs: z.array(staticConfigSchema).default([]),
});
