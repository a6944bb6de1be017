import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod';
import type { LabelSelector } from '../model/labels';

const selector = z.custom<LabelSelector>().nullish();
const strings = z.record(z.string(), z.string());

const conditionSchema = z.object({
  type: z.string(),
  status: z.string(),
  lastTransitionTime: z.string().optional(),
});

const specSchema = z.looseObject({
  paused: z.boolean().default(false),
  replicas: z.number().default(1),
  version: z.string().default('3.13.1'),
  image: z.string().optional(),
  imagePullPolicy: z.string().optional(),
  serviceAccountName: z.string().optional(),
  serviceName: z.string().nullish(),
  serviceDiscoveryRole: z.enum(['Endpoints', 'EndpointSlice']).nullish(),
  serviceMonitorSelector: selector,
  serviceMonitorNamespaceSelector: selector,
  podMonitorSelector: selector,
  probeSelector: selector,
  scrapeConfigSelector: selector,
  podMetadata: z
    .object({ labels: strings.optional(), annotations: strings.optional() })
    .nullish(),
  podTargetLabels: z.array(z.string()).default([]),
  ignoreNamespaceSelectors: z.boolean().default(false),
  scrapeInterval: z.string().default('30s'),
  scrapeTimeout: z.string().optional(),
  evaluationInterval: z.string().default('30s'),
  externalLabels: strings.default({}),
  prometheusExternalLabelName: z.string().nullish(),
  replicaExternalLabelName: z.string().nullish(),
  retention: z.string().optional(),
  retentionSize: z.string().optional(),
  resources: z.record(z.string(), z.unknown()).optional(),
  securityContext: z.record(z.string(), z.unknown()).nullish(),
  portName: z.string().default('web'),
});

const schema = z.object({
  spec: specSchema,
  status: z
    .object({ conditions: z.array(conditionSchema).default([]) })
    .optional(),
});

export type PrometheusSpec = z.output<typeof specSchema>;
export type PrometheusCondition = z.output<typeof conditionSchema>;

/** A Prometheus object (monitoring.coreos.com/v1) as its operator needs it. */
export interface Prometheus {
  key: string;
  object: KubernetesObject;
  namespace: string;
  name: string;
  generation: number;
  spec: PrometheusSpec;
  conditions: PrometheusCondition[];
}

/** @throws ZodError for an object that its definition would not admit */
export function readPrometheus(object: KubernetesObject): Prometheus {
  const { spec, status } = schema.parse(object);
  const { namespace = '', name, generation = 0 } = object.metadata;
  return {
    key: `${namespace}/${name}`,
    object,
    namespace,
    name,
    generation,
    spec,
    conditions: status?.conditions ?? [],
  };
}

/** Name of what the operator makes for a Prometheus; its pods carry an ordinal behind it. */
export function serverNameOf({ name }: Pick<Prometheus, 'name'>): string {
  return `prometheus-${name}`;
}

/** Labels that select the pods of one Prometheus. */
export function serverLabelsOf({
  name,
}: Pick<Prometheus, 'name'>): Record<string, string> {
  return {
    'app.kubernetes.io/instance': name,
    'app.kubernetes.io/managed-by': 'prometheus-operator',
    'app.kubernetes.io/name': 'prometheus',
    'operator.prometheus.io/name': name,
    prometheus: name,
  };
}

/** Whether it names any kind of monitor; without, its configuration is left to whoever wrote it. */
export function hasManagedConfig({ spec }: Prometheus): boolean {
  return [
    spec.serviceMonitorSelector,
    spec.podMonitorSelector,
    spec.probeSelector,
    spec.scrapeConfigSelector,
  ].some(each => each !== undefined && each !== null);
}
