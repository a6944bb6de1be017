import { groupKindOf, KubernetesObject } from '../kubernetesObject';
import { generationCheck } from './generationCheck';
import { ObjectStatus } from './objectStatus';
import { readyCondition } from './readyCondition';
import { apiServiceStatus } from './rules/apiServiceStatus';
import { argoApplicationStatus } from './rules/argoApplicationStatus';
import { configurationStatus } from './rules/configurationStatus';
import { customResourceDefinitionStatus } from './rules/customResourceDefinitionStatus';
import { daemonSetStatus } from './rules/daemonSetStatus';
import { deploymentStatus } from './rules/deploymentStatus';
import { fluxStatus } from './rules/fluxStatus';
import { horizontalPodAutoscalerStatus } from './rules/horizontalPodAutoscalerStatus';
import { jobStatus } from './rules/jobStatus';
import { namespaceStatus } from './rules/namespaceStatus';
import { persistentVolumeClaimStatus } from './rules/persistentVolumeClaimStatus';
import { podDisruptionBudgetStatus } from './rules/podDisruptionBudgetStatus';
import { podStatus } from './rules/podStatus';
import { prometheusStatus } from './rules/prometheusStatus';
import { replicaSetStatus } from './rules/replicaSetStatus';
import { scaledObjectStatus } from './rules/scaledObjectStatus';
import { serviceStatus } from './rules/serviceStatus';
import { statefulSetStatus } from './rules/statefulSetStatus';
import { StatusRule } from './statusRule';
import { terminatingStatus } from './terminatingStatus';

/** Keyed by {@link groupKindOf}. */
const RULES: ReadonlyMap<string, StatusRule> = new Map([
  ['apps/Deployment', deploymentStatus],
  ['apps/ReplicaSet', replicaSetStatus],
  ['apps/StatefulSet', statefulSetStatus],
  ['apps/DaemonSet', daemonSetStatus],
  ['batch/Job', jobStatus],
  ['/Pod', podStatus],
  ['/Service', serviceStatus],
  ['/PersistentVolumeClaim', persistentVolumeClaimStatus],
  ['/Namespace', namespaceStatus],
  ['policy/PodDisruptionBudget', podDisruptionBudgetStatus],
  [
    'apiextensions.k8s.io/CustomResourceDefinition',
    customResourceDefinitionStatus,
  ],
  ['apiregistration.k8s.io/APIService', apiServiceStatus],
  ['autoscaling/HorizontalPodAutoscaler', horizontalPodAutoscalerStatus],
  ['keda.sh/ScaledObject', scaledObjectStatus],
  ['monitoring.coreos.com/Prometheus', prometheusStatus],
  ['monitoring.coreos.com/PrometheusAgent', prometheusStatus],
  ['monitoring.coreos.com/Alertmanager', prometheusStatus],
  ['monitoring.coreos.com/ThanosRuler', prometheusStatus],
  ['monitoring.coreos.com/ServiceMonitor', configurationStatus],
  ['monitoring.coreos.com/PodMonitor', configurationStatus],
  ['monitoring.coreos.com/Probe', configurationStatus],
  ['monitoring.coreos.com/ScrapeConfig', configurationStatus],
  ['monitoring.coreos.com/PrometheusRule', configurationStatus],
  ['source.toolkit.fluxcd.io/GitRepository', fluxStatus],
  ['kustomize.toolkit.fluxcd.io/Kustomization', fluxStatus],
  ['argoproj.io/Application', argoApplicationStatus],
]);

/**
 * Whether an object has become what its spec says, and if not, what blocks it.
 *
 * @remarks
 * In this order: being deleted, generation not seen yet, the rules of its kind,
 * a `Ready` condition, and what has none of these is current by existing.
 *
 * @throws UnreadableObjectError where a field has another type than its API promises
 */
export function computeStatus(object: KubernetesObject): ObjectStatus {
  if (object.metadata.deletionTimestamp !== undefined) {
    return terminatingStatus(object);
  }
  const rule = RULES.get(groupKindOf(object)) ?? readyCondition;
  return generationCheck(object) ?? rule(object);
}
