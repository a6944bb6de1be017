import { POLICY_LIMITS } from '@sportsbook/plugin-sportsbook-scaling-common';

/** What keeps `maxReplicas` from being a maximum above `minReplicas`, as a sentence. */
export function maxReplicasProblem(
  maxReplicas: number,
  minReplicas: number,
): string | undefined {
  const { lowest, highest } = POLICY_LIMITS.maxReplicas;
  if (!Number.isInteger(maxReplicas)) {
    return 'Must be a whole number of replicas.';
  }
  if (maxReplicas < lowest || maxReplicas > highest) {
    return `Must be between ${lowest} and ${highest} replicas.`;
  }
  return maxReplicas < minReplicas
    ? `Must not be below the minimum of ${minReplicas} replicas.`
    : undefined;
}
