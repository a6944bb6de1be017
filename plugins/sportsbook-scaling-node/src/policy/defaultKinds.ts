import { OWN_ROLE_BINDING } from '../model/WrittenKinds';

/**
 * The namespaced kinds that a rule allows where it names none: what a service
 * that scales by its requests is made of.
 *
 * @remarks
 * No Secret, no bare Pod, no binding to a role that the manifests do not show.
 * What a Deployment's pods may do on their node is not judged here: that is for
 * the namespace's Pod Security admission.
 */
export const DEFAULT_KINDS = [
  '/ConfigMap',
  '/Service',
  '/ServiceAccount',
  'apps/Deployment',
  'policy/PodDisruptionBudget',
  'rbac.authorization.k8s.io/Role',
  OWN_ROLE_BINDING,
  'monitoring.coreos.com/Prometheus',
  'monitoring.coreos.com/ServiceMonitor',
  'keda.sh/ScaledObject',
];
