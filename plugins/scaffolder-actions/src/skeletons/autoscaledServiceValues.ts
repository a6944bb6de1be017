import { JsonObject } from '@backstage/types';
import {
  derivedNames,
  fallbackReplicas,
  LABEL_VALUES,
  rateWindowSeconds,
  SCRAPE_INTERVAL_SECONDS,
  scalingQuery,
  serviceEntityRef,
  TEMPLATE_REF,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { AutoscaledServiceInput } from './parseAutoscaledServiceInput';
import { levelTable } from './levelTable';
import { ServiceMonitoring } from './monitoringOf';

/** Version of the template, as `templates/sportsbook-autoscaled-service` has it. */
export const TEMPLATE_VERSION = '0.1.0';
/** Version that a new service starts with. */
const SERVICE_VERSION = '0.1.0';
const PROMETHEUS_VERSION = '3.13.1';

/**
 * Everything that the skeleton's files print, each value ready to be printed:
 * the files compute nothing.
 *
 * Optional answers that were not given are null.
 */
export function autoscaledServiceValues(
  options: AutoscaledServiceInput & {
    skeletonDigest: string;
    monitoring: ServiceMonitoring;
    pullSecretName?: string;
  },
): JsonObject {
  const { policy, image, repositoryUrl, monitoring } = options;
  const { triggerAuthentication } = monitoring;
  const threshold = policy.requestsPerSecondPerReplica;
  return {
    ...policy,
    nodePort: policy.nodePort ?? null,
    prometheusNodePort: policy.prometheusNodePort ?? null,
    prometheusServer: monitoring.server ?? null,
    prometheusAddress: monitoring.address,
    serviceMonitorLabels: monitoring.serviceMonitorLabels,
    // KEDA takes the headers as one text.
    customHeaders:
      Object.entries(monitoring.headers)
        .map(([name, value]) => `${name}=${value}`)
        .join(',') || null,
    triggerAuthentication: triggerAuthentication
      ? {
          name: triggerAuthentication.name,
          kind: triggerAuthentication.kind,
          modes: triggerAuthentication.modes.join(','),
        }
      : null,
    repositoryUrl: repositoryUrl ?? null,
    imagePublished: image !== undefined,
    image: image ?? `${policy.name}:${SERVICE_VERSION}`,
    version: SERVICE_VERSION,
    description: `Scales between ${policy.minReplicas} and ${policy.maxReplicas} replicas at ${threshold} requests/s each`,
    names: { ...derivedNames(policy.name) },
    entityRef: serviceEntityRef(policy.name),
    partOf: LABEL_VALUES.partOf,
    managedBy: LABEL_VALUES.managedBy,
    // KEDA takes nothing but strings in a trigger's metadata.
    threshold: String(threshold),
    query: scalingQuery({
      namespace: policy.namespace,
      service: derivedNames(policy.name).service,
      labels: monitoring.queryLabels,
    }),
    fallbackReplicas: fallbackReplicas(policy),
    scrapeInterval: `${SCRAPE_INTERVAL_SECONDS}s`,
    scrapeIntervalSeconds: SCRAPE_INTERVAL_SECONDS,
    rateWindowSeconds: rateWindowSeconds(),
    prometheusVersion: PROMETHEUS_VERSION,
    prometheusImage: `quay.io/prometheus/prometheus:v${PROMETHEUS_VERSION}`,
    levels: levelTable(policy),
    template: TEMPLATE_REF,
    templateVersion: TEMPLATE_VERSION,
    skeletonDigest: options.skeletonDigest,
    pullSecretName: options.pullSecretName ?? null,
    answers: { ...policy },
  };
}
