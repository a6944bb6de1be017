import type { ScaledObjectSpec } from './scaledObjectSpec';

/** What KEDA's admission says of settings that have no effect. */
export function scaledObjectWarnings({
  minReplicaCount = 0,
  idleReplicaCount,
  pollingInterval,
  cooldownPeriod,
  triggers,
}: ScaledObjectSpec): string[] {
  const neverRests = minReplicaCount > 0 && idleReplicaCount !== 0;
  const cached = triggers.some(({ useCachedMetrics }) => useCachedMetrics);
  return [
    ...(pollingInterval !== undefined && neverRests && !cached
      ? [
          'PollingInterval is configured but is not relevant. PollingInterval is only relevant when minReplicaCount = 0 or idleReplicaCount = 0 or useCachedMetrics is enabled',
        ]
      : []),
    ...(cooldownPeriod !== undefined && neverRests
      ? [
          'CooldownPeriod is configured but is not relevant. CooldownPeriod is only relevant when minReplicaCount = 0 or idleReplicaCount = 0',
        ]
      : []),
  ];
}
