import { JsonObject } from '@backstage/types';
import {
  derivedNames,
  fallbackReplicas,
  LABEL_VALUES,
  PROMETHEUS_PORT,
  rateWindowSeconds,
  SCRAPE_INTERVAL_SECONDS,
  scalingQuery,
  ScalingPolicy,
  serviceEntityRef,
  TEMPLATE_REF,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { AutoscaledServiceInput } from './parseAutoscaledServiceInput';
import { levelTable } from './levelTable';

/** Version of the template, as `templates/sportsbook-autoscaled-service` has it. */
export const TEMPLATE_VERSION = '0.1.0';
/** Version that a new service starts with. */
const SERVICE_VERSION = '0.1.0';
const PROMETHEUS_VERSION = '3.13.1';

function prometheusAddress(policy: ScalingPolicy): string {
  const { prometheusServer } = derivedNames(policy.name);
  return (
    policy.prometheusAddress ??
    `http://${prometheusServer}.${policy.namespace}.svc:${PROMETHEUS_PORT.number}`
  );
}

/**
 * Everything that the skeleton's files print, each value ready to be printed:
 * the files compute nothing.
 *
 * Optional answers that were not given are null.
 */
export function autoscaledServiceValues(
  options: AutoscaledServiceInput & { skeletonDigest: string },
): JsonObject {
  const { policy, image, repositoryUrl } = options;
  const threshold = policy.requestsPerSecondPerReplica;
  return {
    ...policy,
    nodePort: policy.nodePort ?? null,
    prometheusNodePort: policy.prometheusNodePort ?? null,
    prometheusAddress: prometheusAddress(policy),
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
    answers: { ...policy },
  };
}
