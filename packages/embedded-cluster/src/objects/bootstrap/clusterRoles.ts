import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';

interface Rule {
  verbs: string[];
  apiGroups?: string[];
  resources?: string[];
  nonResourceURLs?: string[];
}

const READ = ['get', 'list', 'watch'];
const WRITE = ['create', 'delete', 'deletecollection', 'patch', 'update'];
const WORKLOADS = ['daemonsets', 'deployments', 'replicasets', 'statefulsets'];

function rule(group: string, resources: string[], verbs: string[]): Rule {
  return { apiGroups: [group], resources, verbs };
}

function each(names: string[], ...subresources: string[]): string[] {
  return names.flatMap(name => [
    name,
    ...subresources.map(subresource => `${name}/${subresource}`),
  ]);
}

const VIEW: Rule[] = [
  rule(
    '',
    [
      'bindings',
      'configmaps',
      'endpoints',
      'events',
      'limitranges',
      ...each(['namespaces', 'persistentvolumeclaims'], 'status'),
      ...each(['pods'], 'log', 'status'),
      ...each(['replicationcontrollers'], 'scale', 'status'),
      ...each(['resourcequotas'], 'status'),
      'serviceaccounts',
      ...each(['services'], 'status'),
    ],
    READ,
  ),
  rule('discovery.k8s.io', ['endpointslices'], READ),
  rule(
    'apps',
    [
      ...each(WORKLOADS, 'status'),
      'deployments/scale',
      'replicasets/scale',
      'statefulsets/scale',
    ],
    READ,
  ),
  rule('autoscaling', each(['horizontalpodautoscalers'], 'status'), READ),
  rule('batch', each(['cronjobs', 'jobs'], 'status'), READ),
  rule('policy', each(['poddisruptionbudgets'], 'status'), READ),
  rule(
    'networking.k8s.io',
    [...each(['ingresses'], 'status'), 'networkpolicies'],
    READ,
  ),
];

const EDIT: Rule[] = [
  ...VIEW,
  rule(
    '',
    [
      'pods/attach',
      'pods/exec',
      'pods/portforward',
      'pods/proxy',
      'secrets',
      'services/proxy',
    ],
    READ,
  ),
  rule('', ['serviceaccounts'], ['impersonate']),
  rule(
    '',
    [
      'configmaps',
      'events',
      'persistentvolumeclaims',
      ...each(['pods'], 'attach', 'exec', 'portforward', 'proxy'),
      ...each(['replicationcontrollers'], 'scale'),
      'secrets',
      'serviceaccounts',
      ...each(['services'], 'proxy'),
    ],
    WRITE,
  ),
  rule('', ['pods/eviction', 'serviceaccounts/token'], ['create']),
  rule(
    'apps',
    [
      ...WORKLOADS,
      'deployments/scale',
      'replicasets/scale',
      'statefulsets/scale',
    ],
    WRITE,
  ),
  rule('autoscaling', ['horizontalpodautoscalers'], WRITE),
  rule('batch', ['cronjobs', 'jobs'], WRITE),
  rule('policy', ['poddisruptionbudgets'], WRITE),
  rule('networking.k8s.io', ['ingresses', 'networkpolicies'], WRITE),
  rule('coordination.k8s.io', ['leases'], [...READ, ...WRITE]),
];

const ADMIN: Rule[] = [
  ...EDIT,
  rule('authorization.k8s.io', ['localsubjectaccessreviews'], ['create']),
  rule(
    'rbac.authorization.k8s.io',
    ['rolebindings', 'roles'],
    [...READ, ...WRITE],
  ),
];

const HEALTH = ['/healthz', '/livez', '/readyz', '/version', '/version/'];

/** Who may do what on every cluster; rights to paths among them. */
const ROLES: Readonly<Record<string, Rule[]>> = {
  'cluster-admin': [
    rule('*', ['*'], ['*']),
    { nonResourceURLs: ['*'], verbs: ['*'] },
  ],
  admin: ADMIN,
  edit: EDIT,
  view: VIEW,
  'system:basic-user': [
    rule(
      'authorization.k8s.io',
      ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
      ['create'],
    ),
    rule('authentication.k8s.io', ['selfsubjectreviews'], ['create']),
  ],
  'system:discovery': [
    {
      nonResourceURLs: [
        '/api',
        '/api/*',
        '/apis',
        '/apis/*',
        '/openapi',
        '/openapi/*',
        ...HEALTH,
      ],
      verbs: ['get'],
    },
  ],
  'system:public-info-viewer': [{ nonResourceURLs: HEALTH, verbs: ['get'] }],
};

/** Groups that have a role from the start. */
const BINDINGS: Readonly<Record<string, string[]>> = {
  'cluster-admin': ['system:masters'],
  'system:basic-user': ['system:authenticated'],
  'system:discovery': ['system:authenticated'],
  'system:public-info-viewer': [
    'system:authenticated',
    'system:unauthenticated',
  ],
};

const GROUP = 'rbac.authorization.k8s.io';

/** Where on other clusters a role's rules go on to. */
const GATHERED_BY: Readonly<Record<string, string>> = {
  view: 'edit',
  edit: 'admin',
};

function metadata(
  name: string,
  labels: Record<string, string> = {},
): KubernetesObject['metadata'] {
  return {
    name,
    labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults', ...labels },
    annotations: { 'rbac.authorization.kubernetes.io/autoupdate': 'true' },
  };
}

/**
 * The roles that users meet, with their bindings. Those of other clusters that
 * gather their rules by label have them written out here: nothing gathers any.
 */
export function clusterRoles(): KubernetesObject[] {
  return [
    ...Object.entries(ROLES).map(([name, rules]) => ({
      apiVersion: `${GROUP}/v1`,
      kind: 'ClusterRole',
      metadata: metadata(
        name,
        name in GATHERED_BY
          ? { [`${GROUP}/aggregate-to-${GATHERED_BY[name]}`]: 'true' }
          : {},
      ),
      rules,
    })),
    ...Object.entries(BINDINGS).map(([name, groups]) => ({
      apiVersion: `${GROUP}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: metadata(name),
      roleRef: { apiGroup: GROUP, kind: 'ClusterRole', name },
      subjects: groups.map(group => ({
        apiGroup: GROUP,
        kind: 'Group',
        name: group,
      })),
    })),
  ];
}
