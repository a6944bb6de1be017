/** A rule of a Role or ClusterRole. */
export interface RoleRule {
  apiGroups: string[];
  resources: string[];
  verbs: string[];
}

const OWN_KINDS: RoleRule[] = [
  // What it reconciles. Prometheus, and the four kinds whose informers its
  // Prometheus controller waits for before it does anything.
  {
    apiGroups: ['monitoring.coreos.com'],
    resources: [
      'prometheuses',
      'servicemonitors',
      'podmonitors',
      'probes',
      'prometheusrules',
    ],
    verbs: ['get', 'list', 'watch'],
  },
  // Available and Reconciled. Without it no controller starts, and the operator
  // exits; it asks for update and writes by patch.
  {
    apiGroups: ['monitoring.coreos.com'],
    resources: ['prometheuses/status'],
    verbs: ['update', 'patch'],
  },
];

const MADE_KINDS: RoleRule[] = [
  // The servers themselves.
  {
    apiGroups: ['apps'],
    resources: ['statefulsets'],
    verbs: ['get', 'list', 'watch', 'create', 'update', 'delete'],
  },
  // Rules go into ConfigMaps; configuration, web settings and the credentials
  // that monitors name go into Secrets.
  {
    apiGroups: [''],
    resources: ['configmaps', 'secrets'],
    verbs: ['get', 'list', 'watch', 'create', 'update', 'delete'],
  },
  // The governing Service, prometheus-operated.
  {
    apiGroups: [''],
    resources: ['services'],
    verbs: ['get', 'create', 'update'],
  },
  // Whether the servers' pods are ready, for the status.
  { apiGroups: [''], resources: ['pods'], verbs: ['list'] },
  // What it says of an object when something is wrong. Without it: a warning in
  // its log, and nothing for people.
  {
    apiGroups: ['events.k8s.io'],
    resources: ['events'],
    verbs: ['create', 'patch'],
  },
];

/**
 * What operator 0.93 needs for all namespaces, and no more.
 *
 * Not among it, though in upstream's role: definitions, nodes, endpoints,
 * ingresses, storage classes, finalizers, deletion of pods, and `*`.
 */
export const OPERATOR_CLUSTER_RULES: RoleRule[] = [
  ...OWN_KINDS,
  ...MADE_KINDS,
  // Which namespaces a selector means, and when their labels change.
  { apiGroups: [''], resources: ['namespaces'], verbs: ['list', 'watch'] },
];

/** What it needs for one namespace that it is told with `--namespaces`. */
export const OPERATOR_NAMESPACE_RULES: RoleRule[] = [
  ...OWN_KINDS,
  ...MADE_KINDS,
  // The namespace itself, by its name.
  { apiGroups: [''], resources: ['namespaces'], verbs: ['get'] },
];
