import {
  PLATFORM_CLUSTER_KINDS,
  PlatformReach,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { groupKindOf } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';
import { ClusterAccessRequest } from '../access/ClusterAccess';

/** Where the operator is put unless somebody chooses. */
const DEFAULT_NAMESPACE = 'prometheus-operator';

/** Inputs of all actions about the platform: how much of a cluster they touch. */
export const platformReachFields = {
  scope: z
    .enum(['cluster', 'namespace'])
    .default('cluster')
    .describe(
      'The whole cluster, or one namespace for those who may make no cluster roles',
    ),
  namespace: z
    .string()
    .max(63)
    .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/)
    .default(DEFAULT_NAMESPACE)
    .describe(
      'Namespace of the Prometheus operator; with scope namespace also the one that it looks after',
    ),
};

interface ReachInput {
  scope: 'cluster' | 'namespace';
  namespace: string;
}

export function platformReachOf({
  scope,
  namespace,
}: ReachInput): PlatformReach {
  return scope === 'cluster' ? 'cluster' : { namespace };
}

/**
 * What looking at a platform takes. Operators may run in any namespace, so that
 * all are looked at, which a rule has to allow with `*`.
 */
export function lookingAtPlatform(
  reach: PlatformReach,
): Pick<ClusterAccessRequest, 'namespaces' | 'kinds' | 'clusterScopedKinds'> {
  return reach === 'cluster'
    ? {
        namespaces: ['*'],
        kinds: [],
        clusterScopedKinds: PLATFORM_CLUSTER_KINDS.map(groupKindOf),
      }
    : { namespaces: [reach.namespace], kinds: [], clusterScopedKinds: [] };
}
