import {
  hpaMaxReplicas,
  hpaMinReplicas,
  type ScaledObjectSpec,
} from './scaledObjectSpec';

/** Why the counts of a ScaledObject contradict each other; undefined where they do not. */
export function replicaBoundsProblem(
  spec: ScaledObjectSpec,
): string | undefined {
  const { minReplicaCount, idleReplicaCount } = spec;
  const minimum = minReplicaCount === undefined ? 0 : hpaMinReplicas(spec);
  const maximum = hpaMaxReplicas(spec);
  if (minimum > maximum) {
    return `MinReplicaCount=${minimum} must be less than MaxReplicaCount=${maximum}`;
  }
  if (idleReplicaCount !== undefined && idleReplicaCount >= minimum) {
    return `IdleReplicaCount=${idleReplicaCount} must be less than MinReplicaCount=${minimum}`;
  }
  return undefined;
}

/** Why the triggers of a ScaledObject contradict each other. */
export function triggersProblem({
  triggers,
}: ScaledObjectSpec): string | undefined {
  if (triggers.length === 0) {
    return 'no triggers defined in the ScaledObject/ScaledJob';
  }
  const names = new Set<string>();
  for (const { name, type, useCachedMetrics } of triggers) {
    if (useCachedMetrics && ['cpu', 'memory', 'cron'].includes(type)) {
      return `property "useCachedMetrics" is not supported for "${type}" scaler`;
    }
    if (name && names.has(name)) {
      return `triggerName "${name}" is defined multiple times in the ScaledObject/ScaledJob, but it must be unique`;
    }
    if (name) {
      names.add(name);
    }
  }
  return undefined;
}
