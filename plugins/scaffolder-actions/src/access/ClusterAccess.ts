import type { ActionContext } from '@backstage/plugin-scaffolder-node';
import type {
  KubernetesClient,
  WrittenKinds,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import type { JsonObject } from '@backstage/types';

/** The part of an action's context that says who asks, through which template. */
export type TaskIdentity = Pick<
  ActionContext<JsonObject>,
  'getInitiatorCredentials' | 'templateInfo' | 'secrets' | 'signal' | 'logger'
>;

/**
 * What an action is about to do, for whom, and the kinds that it writes. Kinds
 * that it only reads count where they are cluster-scoped.
 */
export interface ClusterAccessRequest extends WrittenKinds {
  ctx: TaskIdentity;
  /** Name of the cluster as Backstage's kubernetes plugin knows it. */
  cluster: string;
  /** Every namespace that the action reads or writes in. */
  namespaces: string[];
  /**
   * Whether it writes the objects of Flux or Argo CD that stand for a service:
   * the only ones that may be written where those deliver. Default false.
   */
  registers?: boolean;
}

/**
 * The one door between an action and a cluster.
 *
 * Each action asks it before it touches a cluster, and asks again before it
 * writes something that the first request did not name.
 */
export interface ClusterAccess {
  /**
   * Checks permission and policy, then opens the cluster; for reading only
   * where somebody else than Backstage delivers to it.
   *
   * @throws NotAllowedError when the user or the template may not; the message
   *   says what is allowed
   * @throws UnknownClusterError when Backstage knows no such cluster
   */
  open(request: ClusterAccessRequest): Promise<KubernetesClient>;

  /**
   * Whether any rule is about the user and the template, on whichever cluster.
   * Without one every {@link ClusterAccess.open} is refused.
   */
  hasRule(ctx: TaskIdentity): Promise<boolean>;
}
