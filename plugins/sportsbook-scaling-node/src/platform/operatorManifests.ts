import {
  FIELD_MANAGER,
  KubernetesObject,
  LABELS,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { mirrorImage } from './imageReference';
import {
  OPERATOR_CLUSTER_RULES,
  OPERATOR_NAMESPACE_RULES,
} from './operatorRules';

const NAME = 'prometheus-operator';
/** Cluster-scoped names are everybody's: this one says whose it is. */
const CLUSTER_ROLE = 'sportsbook-scaling-prometheus-operator';
const RBAC = 'rbac.authorization.k8s.io';
const POD_LABELS = { [LABELS.name]: NAME, [LABELS.instance]: NAME };

/** The port on which the operator answers `/healthz` and `/metrics`. */
export const OPERATOR_PORT = 8080;

/** Where the operator goes, and what it looks after. */
export interface OperatorPlacement {
  namespace: string;
  /** The whole cluster, or the namespace that it runs in. */
  scope: 'cluster' | 'namespace';
}

/** Labels by which the operator's own pods are found. */
export const OPERATOR_POD_LABELS: Record<string, string> = POD_LABELS;

function role({ namespace, scope }: OperatorPlacement): KubernetesObject[] {
  const labels = { ...POD_LABELS, [LABELS.managedBy]: FIELD_MANAGER };
  const subjects = [{ kind: 'ServiceAccount', name: NAME, namespace }];
  const apiVersion = `${RBAC}/v1`;
  return scope === 'cluster'
    ? [
        {
          apiVersion,
          kind: 'ClusterRole',
          metadata: { name: CLUSTER_ROLE, labels },
          rules: OPERATOR_CLUSTER_RULES,
        },
        {
          apiVersion,
          kind: 'ClusterRoleBinding',
          metadata: { name: CLUSTER_ROLE, labels },
          roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: CLUSTER_ROLE },
          subjects,
        },
      ]
    : [
        {
          apiVersion,
          kind: 'Role',
          metadata: { name: NAME, namespace, labels },
          rules: OPERATOR_NAMESPACE_RULES,
        },
        {
          apiVersion,
          kind: 'RoleBinding',
          metadata: { name: NAME, namespace, labels },
          roleRef: { apiGroup: RBAC, kind: 'Role', name: NAME },
          subjects,
        },
      ];
}

function deployment(
  { namespace, scope }: OperatorPlacement,
  options: { version: string; imageRegistry?: string },
): KubernetesObject {
  const { version, imageRegistry } = options;
  const image = (path: string) => mirrorImage(`quay.io/${path}`, imageRegistry);
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: NAME,
      namespace,
      labels: {
        ...POD_LABELS,
        [LABELS.version]: version,
        [LABELS.managedBy]: FIELD_MANAGER,
      },
    },
    spec: {
      replicas: 1,
      selector: { matchLabels: POD_LABELS },
      template: {
        metadata: { labels: { ...POD_LABELS, [LABELS.version]: version } },
        spec: {
          serviceAccountName: NAME,
          automountServiceAccountToken: true,
          nodeSelector: { 'kubernetes.io/os': 'linux' },
          // What pod security `restricted` demands.
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 65534,
            runAsGroup: 65534,
            seccompProfile: { type: 'RuntimeDefault' },
          },
          containers: [
            {
              name: NAME,
              image: image(
                `prometheus-operator/prometheus-operator:v${version}`,
              ),
              args: [
                `--prometheus-config-reloader=${image(
                  `prometheus-operator/prometheus-config-reloader:v${version}`,
                )}`,
                // For Prometheus objects that name no image.
                `--prometheus-default-base-image=${image(
                  'prometheus/prometheus',
                )}`,
                '--disable-unmanaged-prometheus-configuration=true',
                ...(scope === 'namespace' ? [`--namespaces=${namespace}`] : []),
              ],
              env: [{ name: 'GOGC', value: '30' }],
              ports: [
                { name: 'http', containerPort: OPERATOR_PORT, protocol: 'TCP' },
              ],
              // Upstream's has none, and counts as ready before it has begun.
              readinessProbe: {
                httpGet: { path: '/healthz', port: 'http', scheme: 'HTTP' },
                periodSeconds: 2,
              },
              resources: {
                requests: { cpu: '100m', memory: '100Mi' },
                limits: { cpu: '200m', memory: '200Mi' },
              },
              securityContext: {
                allowPrivilegeEscalation: false,
                readOnlyRootFilesystem: true,
                capabilities: { drop: ['ALL'] },
              },
            },
          ],
        },
      },
    },
  };
}

/** A namespace that refuses pods with more rights than they need. */
function restrictedNamespace(name: string): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      labels: {
        [LABELS.managedBy]: FIELD_MANAGER,
        'pod-security.kubernetes.io/enforce': 'restricted',
      },
    },
  };
}

/**
 * What runs the Prometheus operator, with the least rights that do: our own
 * manifests, where upstream's bind a role with `*`.
 *
 * @returns for `scope: cluster` its namespace as well, for those who may make one
 */
export function operatorManifests(
  placement: OperatorPlacement,
  options: {
    /** Of the operator, which is that of its definitions, such as `0.93.0`. */
    version: string;
    imageRegistry?: string;
  },
): KubernetesObject[] {
  const { namespace, scope } = placement;
  return [
    ...(scope === 'cluster' ? [restrictedNamespace(namespace)] : []),
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: {
        name: NAME,
        namespace,
        labels: { ...POD_LABELS, [LABELS.managedBy]: FIELD_MANAGER },
      },
      automountServiceAccountToken: false,
    },
    ...role(placement),
    deployment(placement, options),
  ];
}
