import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod';
import type { LabelSelector } from '../model/labels';

const relabelingSchema = z.object({
  sourceLabels: z.array(z.string()).optional(),
  separator: z.string().nullish(),
  targetLabel: z.string().optional(),
  regex: z.string().optional(),
  modulus: z.number().optional(),
  replacement: z.string().nullish(),
  action: z.string().optional(),
});

const endpointSchema = z.looseObject({
  port: z.string().optional(),
  targetPort: z.union([z.string(), z.number()]).nullish(),
  path: z.string().optional(),
  scheme: z.string().nullish(),
  params: z.record(z.string(), z.array(z.string())).nullish(),
  interval: z.string().optional(),
  scrapeTimeout: z.string().optional(),
  honorLabels: z.boolean().optional(),
  honorTimestamps: z.boolean().nullish(),
  trackTimestampsStaleness: z.boolean().nullish(),
  followRedirects: z.boolean().nullish(),
  enableHttp2: z.boolean().nullish(),
  filterRunning: z.boolean().nullish(),
  relabelings: z.array(relabelingSchema).nullish(),
  metricRelabelings: z.array(relabelingSchema).nullish(),
});

const limit = z.number().nullish();

const specSchema = z.looseObject({
  jobLabel: z.string().optional(),
  targetLabels: z.array(z.string()).default([]),
  podTargetLabels: z.array(z.string()).default([]),
  endpoints: z.array(endpointSchema),
  selector: z.custom<LabelSelector>(),
  namespaceSelector: z
    .object({
      any: z.boolean().default(false),
      matchNames: z.array(z.string()).default([]),
    })
    .default({ any: false, matchNames: [] }),
  serviceDiscoveryRole: z.enum(['Endpoints', 'EndpointSlice']).nullish(),
  sampleLimit: limit,
  targetLimit: limit,
  labelLimit: limit,
  labelNameLengthLimit: limit,
  labelValueLengthLimit: limit,
  keepDroppedTargets: limit,
  scrapeProtocols: z.array(z.string()).nullish(),
  fallbackScrapeProtocol: z.string().nullish(),
});

export type Relabeling = z.output<typeof relabelingSchema>;
export type MonitorEndpoint = z.output<typeof endpointSchema>;
export type ServiceMonitorSpec = z.output<typeof specSchema>;

/** A ServiceMonitor that a Prometheus has selected. */
export interface ServiceMonitor {
  object: KubernetesObject;
  namespace: string;
  name: string;
  spec: ServiceMonitorSpec;
}

/** @throws ZodError for an object that its definition would not admit */
export function readServiceMonitor(object: KubernetesObject): ServiceMonitor {
  const { spec } = z.object({ spec: specSchema }).parse(object);
  const { namespace = '', name } = object.metadata;
  return { object, namespace, name, spec };
}

const MISSING_OF_MONITOR = [
  'attachMetadata',
  'bodySizeLimit',
  'convertClassicHistogramsToNHCB',
  'nativeHistogramBucketLimit',
  'scrapeClass',
  'scrapeClassicHistograms',
  'scrapeNativeHistograms',
] as const;

const MISSING_OF_ENDPOINT = [
  'authorization',
  'basicAuth',
  'bearerTokenFile',
  'bearerTokenSecret',
  'noProxy',
  'oauth2',
  'proxyConnectHeader',
  'proxyFromEnvironment',
  'proxyUrl',
  'tlsConfig',
] as const;

function isSet(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) {
    return Object.values(value).some(isSet);
  }
  return (
    value !== undefined && value !== null && value !== '' && value !== false
  );
}

/** Why a monitor is left out of the configuration: what it asks for and nobody here has. */
export function monitorProblem({ spec }: ServiceMonitor): string | undefined {
  const missing = [
    ...MISSING_OF_MONITOR.filter(field => isSet(spec[field])),
    ...(spec.selectorMechanism === 'RoleSelector' ? ['selectorMechanism'] : []),
    ...spec.endpoints.flatMap((endpoint, index) =>
      MISSING_OF_ENDPOINT.filter(field => isSet(endpoint[field])).map(
        field => `endpoints[${index}].${field}`,
      ),
    ),
  ];
  return missing.length === 0
    ? undefined
    : `the embedded cluster does not have ${missing.join(
        ', ',
      )} of ServiceMonitors; leave it out, or use a real cluster`;
}
