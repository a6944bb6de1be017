import { ApiResource } from '../ports/KubernetesClient';

const VERBS = ['get', 'list', 'watch', 'create', 'patch', 'delete'];

function kind(
  apiVersion: string,
  name: string,
  plural: string,
  namespaced = true,
): ApiResource {
  return { apiVersion, kind: name, plural, namespaced, verbs: VERBS };
}

/** What a cluster with the Prometheus operator and KEDA serves, as far as tests need it. */
export const KNOWN_RESOURCES: ApiResource[] = [
  kind('v1', 'Namespace', 'namespaces', false),
  kind('v1', 'Node', 'nodes', false),
  kind('v1', 'ConfigMap', 'configmaps'),
  kind('v1', 'Secret', 'secrets'),
  kind('v1', 'ResourceQuota', 'resourcequotas'),
  kind('v1', 'LimitRange', 'limitranges'),
  kind('v1', 'PersistentVolumeClaim', 'persistentvolumeclaims'),
  kind('v1', 'Service', 'services'),
  kind('v1', 'ServiceAccount', 'serviceaccounts'),
  kind('v1', 'Pod', 'pods'),
  kind('v1', 'Event', 'events'),
  kind('apps/v1', 'Deployment', 'deployments'),
  kind('apps/v1', 'ReplicaSet', 'replicasets'),
  kind('apps/v1', 'StatefulSet', 'statefulsets'),
  kind('batch/v1', 'Job', 'jobs'),
  kind('autoscaling/v2', 'HorizontalPodAutoscaler', 'horizontalpodautoscalers'),
  kind('discovery.k8s.io/v1', 'EndpointSlice', 'endpointslices'),
  kind('rbac.authorization.k8s.io/v1', 'Role', 'roles'),
  kind('rbac.authorization.k8s.io/v1', 'RoleBinding', 'rolebindings'),
  kind('rbac.authorization.k8s.io/v1', 'ClusterRole', 'clusterroles', false),
  kind(
    'rbac.authorization.k8s.io/v1',
    'ClusterRoleBinding',
    'clusterrolebindings',
    false,
  ),
  kind('apiregistration.k8s.io/v1', 'APIService', 'apiservices', false),
  kind(
    'admissionregistration.k8s.io/v1',
    'ValidatingWebhookConfiguration',
    'validatingwebhookconfigurations',
    false,
  ),
  kind('coordination.k8s.io/v1', 'Lease', 'leases'),
  kind(
    'apiextensions.k8s.io/v1',
    'CustomResourceDefinition',
    'customresourcedefinitions',
    false,
  ),
  kind('monitoring.coreos.com/v1', 'Prometheus', 'prometheuses'),
  kind('monitoring.coreos.com/v1', 'ServiceMonitor', 'servicemonitors'),
  kind('monitoring.coreos.com/v1', 'PodMonitor', 'podmonitors'),
  kind('keda.sh/v1alpha1', 'ScaledObject', 'scaledobjects'),
  kind('keda.sh/v1alpha1', 'TriggerAuthentication', 'triggerauthentications'),
  kind(
    'keda.sh/v1alpha1',
    'ClusterTriggerAuthentication',
    'clustertriggerauthentications',
    false,
  ),
  kind('source.toolkit.fluxcd.io/v1', 'GitRepository', 'gitrepositories'),
  kind('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'kustomizations'),
  kind('argoproj.io/v1alpha1', 'Application', 'applications'),
];
