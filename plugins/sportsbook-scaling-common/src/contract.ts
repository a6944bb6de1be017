/**
 * Names that more than one part of the product depends on.
 *
 * The generated service, its manifests, the trigger's query, the backend and
 * the card all read them from here; a contract test holds the skeleton to them.
 */

/** The histogram that the generated service exposes, without its suffixes. Unit: seconds. */
export const REQUEST_METRIC = 'http_server_requests_seconds';

/** Labels of {@link REQUEST_METRIC}; `uri` is the route (`/api`), never the raw path. */
export const REQUEST_METRIC_LABELS = ['method', 'uri', 'status'] as const;

/** The route whose request rate scales the service. */
export const SCALED_ROUTE = '/api';

/** Ports of the generated service: number of the container and Service port, and the port's name. */
export const SERVICE_PORT = { name: 'http', number: 8080 } as const;

/** Port of a Prometheus server and its Service. */
export const PROMETHEUS_PORT = { name: 'web', number: 9090 } as const;

/** Seconds between two scrapes of the generated service. */
export const SCRAPE_INTERVAL_SECONDS = 5;

/**
 * The range of the trigger's `rate()`, in seconds: four scrapes, and never
 * below 30, so that four missed scrapes do not empty it.
 */
export function rateWindowSeconds(
  scrapeIntervalSeconds: number = SCRAPE_INTERVAL_SECONDS,
): number {
  return Math.max(30, 4 * scrapeIntervalSeconds);
}

/** What the embedded cluster calls itself: nobody shall take it for another one. */
export const EMBEDDED_CLUSTER = {
  /** Of its context in the kubeconfig, and so in Backstage. */
  name: 'embedded',
  /** Of its entry among the kubeconfig's clusters. */
  kubeconfigEntry: 'sportsbook-scaling-embedded-cluster',
  title: 'Embedded cluster',
  /** Of its version, such as `v1.36.3+embedded`. */
  versionSuffix: '+embedded',
} as const;

/** Owner name in `managedFields` of every object that we apply. */
export const FIELD_MANAGER = 'backstage-sportsbook-scaling';

/** Standard labels that every generated object carries. `version` is never part of a selector. */
export const LABELS = {
  name: 'app.kubernetes.io/name',
  instance: 'app.kubernetes.io/instance',
  partOf: 'app.kubernetes.io/part-of',
  managedBy: 'app.kubernetes.io/managed-by',
  version: 'app.kubernetes.io/version',
  kubernetesId: 'backstage.io/kubernetes-id',
} as const;

export const LABEL_VALUES = {
  partOf: 'sportsbook',
  managedBy: FIELD_MANAGER,
} as const;

/** Entity annotations from which a {@link ScalingTarget} is read. */
export const ENTITY_ANNOTATIONS = {
  kubernetesId: 'backstage.io/kubernetes-id',
  namespace: 'backstage.io/kubernetes-namespace',
  cluster: 'backstage.io/kubernetes-cluster',
  /** Only where the ScaledObject's name differs from the kubernetes id. */
  scaledObject: 'keda/scaled-object',
} as const;

/**
 * Annotations of ours on a ScaledObject. KEDA copies them to the autoscaler that
 * it makes.
 */
export const SCALED_OBJECT_ANNOTATIONS = {
  /**
   * The one entity whose viewers may see the object, as a whole entity ref. An
   * entity's annotations name any object; this is the object's own word.
   */
  entityRef: 'sportsbook-scaling/entity-ref',
} as const;

/** Annotations of ours on a Namespace. */
export const NAMESPACE_ANNOTATIONS = {
  /** On a namespace that was made from `sportsbookScaling.clusters[].namespaces`. */
  madeByPolicy: 'sportsbook-scaling/made-by-policy',
} as const;

/** Name of the ResourceQuota and of the LimitRange that come with such a namespace. */
export const NAMESPACE_POLICY_OBJECT = 'namespace-policy';

/** Annotations of KEDA on a ScaledObject that stop it from scaling. */
export const KEDA_ANNOTATIONS = {
  paused: 'autoscaling.keda.sh/paused',
  pausedReplicas: 'autoscaling.keda.sh/paused-replicas',
  pausedScaleIn: 'autoscaling.keda.sh/paused-scale-in',
  pausedScaleOut: 'autoscaling.keda.sh/paused-scale-out',
} as const;

/** Files of the generated repository that other parts look for. */
export const REPOSITORY_FILES = {
  manifests: 'k8s',
  generation: '.sportsbook/generation.json',
} as const;

export const TEMPLATE_REF =
  'template:default/sportsbook-autoscaled-service' as const;

/** The template that prepares a cluster for services. */
export const PLATFORM_TEMPLATE_REF =
  'template:default/scaling-platform' as const;

/** Ref of the entity that a generated service's `catalog-info.yaml` describes. */
export function serviceEntityRef(name: string): string {
  return `component:default/${name}`;
}

/** Names of the objects that belong to the service `name`. */
export interface DerivedNames {
  deployment: string;
  service: string;
  serviceMonitor: string;
  podDisruptionBudget: string;
  scaledObject: string;
  /** Made by KEDA. */
  horizontalPodAutoscaler: string;
  /** The Prometheus CR; also the value of the label `prometheus` on its pods. */
  prometheus: string;
  /** ServiceAccount, Role, RoleBinding and Service of that Prometheus. */
  prometheusServer: string;
}

/** All names follow from the service's own, so that people can guess them. */
export function derivedNames(name: string): DerivedNames {
  return {
    deployment: name,
    service: name,
    serviceMonitor: name,
    podDisruptionBudget: name,
    scaledObject: name,
    horizontalPodAutoscaler: `keda-hpa-${name}`,
    prometheus: name,
    prometheusServer: `prometheus-${name}`,
  };
}

/** Which Prometheus scrapes the service: one of its own, or one that is there already. */
export type Monitoring = 'own' | 'existing';

/**
 * The longest name that a service may have, in characters.
 *
 * Computed from the longest name that is derived from it: a label value (63)
 * for every service; and with a Prometheus of its own, the StatefulSet
 * `prometheus-<name>` that the operator makes, whose pods carry a hash label
 * that leaves 52.
 */
export function longestServiceName(monitoring: Monitoring): number {
  const labelValue = 63;
  const statefulSetName = 52;
  return monitoring === 'own'
    ? statefulSetName - derivedNames('').prometheusServer.length
    : labelValue;
}
