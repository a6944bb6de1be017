import type { ActionContext } from '@backstage/plugin-scaffolder-node';
import type { KubernetesClient } from '@sportsbook/plugin-sportsbook-scaling-node';
import type { JsonObject } from '@backstage/types';

/** The part of an action's context that says who asks, through which template. */
export type TaskIdentity = Pick<
  ActionContext<JsonObject>,
  | 'getInitiatorCredentials'
  | 'user'
  | 'templateInfo'
  | 'secrets'
  | 'signal'
  | 'logger'
>;

/** What an action is about to do, and for whom. */
export interface ClusterAccessRequest {
  ctx: TaskIdentity;
  /** Name of the cluster as Backstage's kubernetes plugin knows it. */
  cluster: string;
  /** Every namespace that the action reads or writes in. */
  namespaces: string[];
  /**
   * Every cluster-scoped kind that it writes, as `group/Kind`; the core
   * group's as `/Kind`.
   */
  clusterScopedKinds: string[];
}

/**
 * The one door between an action and a cluster.
 *
 * Each action asks it before it touches a cluster, and asks again before it
 * writes something that the first request did not name.
 */
export interface ClusterAccess {
  /**
   * Checks permission and policy, then opens the cluster.
   *
   * @throws NotAllowedError when the user or the template may not; the message
   *   says what is allowed
   * @throws UnknownClusterError when Backstage knows no such cluster
   */
  open(request: ClusterAccessRequest): Promise<KubernetesClient>;
}
