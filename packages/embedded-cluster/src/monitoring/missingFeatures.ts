import type { PrometheusSpec } from './prometheusSpec';

/** Fields that change what a server does, and that the embedded one does not have. */
const MISSING = [
  'additionalAlertManagerConfigs',
  'additionalAlertRelabelConfigs',
  'additionalScrapeConfigs',
  'alerting',
  'apiserverConfig',
  'containers',
  'enableRemoteWriteReceiver',
  'enforcedNamespaceLabel',
  'hostNetwork',
  'initContainers',
  'listenLocal',
  'otlp',
  'queryLogFile',
  'remoteRead',
  'remoteWrite',
  'scrapeClasses',
  'thanos',
  'tracingConfig',
  'volumes',
  'web',
] as const;

function isSet(value: unknown): boolean {
  return (
    value !== undefined &&
    value !== null &&
    value !== false &&
    !(Array.isArray(value) && value.length === 0)
  );
}

/** Paths of a Prometheus' fields that nothing here would follow. */
export function missingFeatures(spec: PrometheusSpec): string[] {
  const { storage, shards, routePrefix } = spec;
  const storageFields =
    typeof storage === 'object' && storage !== null ? Object.keys(storage) : [];
  return [
    ...MISSING.filter(field => isSet(spec[field])).map(
      field => `spec.${field}`,
    ),
    ...storageFields
      .filter(field => ['volumeClaimTemplate', 'ephemeral'].includes(field))
      .map(field => `spec.storage.${field}`),
    ...(typeof shards === 'number' && shards > 1
      ? ['spec.shards above 1']
      : []),
    ...(isSet(routePrefix) && routePrefix !== '/' ? ['spec.routePrefix'] : []),
  ];
}
