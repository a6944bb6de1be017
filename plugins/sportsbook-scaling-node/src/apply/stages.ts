import { groupKindOf } from '@sportsbook/plugin-sportsbook-scaling-common';
import { apiGroupOf } from '../model/objectKey';

/** Objects that may be written side by side, once all earlier stages are done. */
export interface ApplyStage {
  name: string;
  /** `group/Kind`; the core group is empty. */
  groupKinds: string[];
  /** Whether later stages need its objects to be in effect, not only stored. */
  awaitEffect?: boolean;
}

/**
 * The order in which kinds are applied; deletion goes backwards.
 *
 * @remarks
 * The ServiceMonitor precedes the Prometheus, because a running Prometheus
 * takes about a minute to learn of a new one. The ScaledObject comes after
 * everything it measures and scales. Registrations that let a service take
 * part in other objects' admission come last of all.
 */
export const APPLY_STAGES: ApplyStage[] = [
  {
    name: 'definitions and namespaces',
    groupKinds: ['/Namespace', 'apiextensions.k8s.io/CustomResourceDefinition'],
    awaitEffect: true,
  },
  // Limits hold before anything is made within them.
  {
    name: 'quotas and limits',
    groupKinds: ['/ResourceQuota', '/LimitRange'],
  },
  {
    name: 'classes, accounts and roles',
    groupKinds: [
      'scheduling.k8s.io/PriorityClass',
      'storage.k8s.io/StorageClass',
      'node.k8s.io/RuntimeClass',
      'networking.k8s.io/IngressClass',
      '/ServiceAccount',
      'rbac.authorization.k8s.io/ClusterRole',
      'rbac.authorization.k8s.io/Role',
    ],
  },
  {
    name: 'bindings and configuration',
    groupKinds: [
      'rbac.authorization.k8s.io/ClusterRoleBinding',
      'rbac.authorization.k8s.io/RoleBinding',
      '/ConfigMap',
      '/Secret',
      '/PersistentVolume',
      '/PersistentVolumeClaim',
      '/Service',
      'networking.k8s.io/NetworkPolicy',
      'policy/PodDisruptionBudget',
    ],
  },
  { name: 'workloads', groupKinds: [] },
  { name: 'custom resources', groupKinds: [] },
  {
    name: 'monitors',
    groupKinds: [
      'monitoring.coreos.com/ServiceMonitor',
      'monitoring.coreos.com/PodMonitor',
      'monitoring.coreos.com/Probe',
      'monitoring.coreos.com/ScrapeConfig',
      'monitoring.coreos.com/PrometheusRule',
    ],
  },
  {
    name: 'Prometheus servers',
    groupKinds: [
      'monitoring.coreos.com/Prometheus',
      'monitoring.coreos.com/PrometheusAgent',
    ],
  },
  {
    name: 'autoscalers',
    groupKinds: [
      'autoscaling/HorizontalPodAutoscaler',
      'keda.sh/ScaledObject',
      'keda.sh/ScaledJob',
    ],
  },
  {
    name: 'registrations',
    groupKinds: [
      'apiregistration.k8s.io/APIService',
      'admissionregistration.k8s.io/ValidatingWebhookConfiguration',
      'admissionregistration.k8s.io/MutatingWebhookConfiguration',
      'admissionregistration.k8s.io/ValidatingAdmissionPolicy',
      'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding',
    ],
  },
];

const STAGE_OF_KIND = new Map(
  APPLY_STAGES.flatMap((stage, index) =>
    stage.groupKinds.map(groupKind => [groupKind, index] as const),
  ),
);

function stageNamed(name: string): number {
  return APPLY_STAGES.findIndex(stage => stage.name === name);
}

/** Whether a kind is Kubernetes' own: its group has no dot, or lies below k8s.io. */
export function isBuiltIn(apiVersion: string): boolean {
  const group = apiGroupOf(apiVersion);
  return !group.includes('.') || group.endsWith('.k8s.io');
}

/** Index into {@link APPLY_STAGES}. */
export function stageOf(ref: { apiVersion: string; kind: string }): number {
  const listed = STAGE_OF_KIND.get(groupKindOf(ref));
  return (
    listed ??
    stageNamed(isBuiltIn(ref.apiVersion) ? 'workloads' : 'custom resources')
  );
}
