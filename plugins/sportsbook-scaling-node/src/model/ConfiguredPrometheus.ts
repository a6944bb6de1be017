/** Stands for every namespace. */
export const ANY_NAMESPACE = '*';

/** How KEDA proves itself to a server: a `spec.triggers[].authenticationRef` and its modes. */
export interface TriggerAuthenticationRef {
  name: string;
  kind: 'TriggerAuthentication' | 'ClusterTriggerAuthentication';
  /** KEDA's `authModes`. */
  modes: ('bearer' | 'basic' | 'tls' | 'custom')[];
}

/** One entry of `sportsbookScaling.clusters[].prometheus`. */
export interface ConfiguredPrometheus {
  /** `namespace/name` adds to what the Prometheus object of that name says. */
  name: string;
  /** What KEDA asks. Undefined only beside a Prometheus object, which then says it. */
  address: string | undefined;
  /** What a ServiceMonitor needs so that the server takes it up. */
  serviceMonitorLabels: Record<string, string>;
  /** Namespaces whose services may use it; {@link ANY_NAMESPACE} is every one. */
  namespaces: string[];
  /** Sent with each query, such as the tenant's `X-Scope-OrgID`. No secrets. */
  headers: Record<string, string>;
  triggerAuthentication: TriggerAuthenticationRef | undefined;
  /** Labels that tell this cluster's series from those of others on the same server. */
  queryLabels: Record<string, string>;
  /** Whether the server's pods may be annotated, so that they see a new monitor sooner. */
  hastenReload: boolean;
}

/** Whether services of a namespace may use the server. */
export function servesNamespace(
  { namespaces }: Pick<ConfiguredPrometheus, 'namespaces'>,
  namespace: string,
): boolean {
  return namespaces.includes(ANY_NAMESPACE) || namespaces.includes(namespace);
}
