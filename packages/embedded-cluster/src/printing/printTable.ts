import type { ResourceType } from '../model/ResourceType';
import type { PrintTable } from '../ports/TablePrinter';
import { customPrinter } from './custom/customPrinter';
import type { KindPrinter } from './KindPrinter';
import { autoscalerPrinter } from './kinds/autoscalerPrinter';
import {
  agePrinter,
  configMapPrinter,
  createdAtPrinter,
  leasePrinter,
  namespacePrinter,
  persistentVolumeClaimPrinter,
  resourceQuotaPrinter,
  secretPrinter,
  webhookConfigurationPrinter,
} from './kinds/configurationPrinters';
import { eventPrinter } from './kinds/eventPrinter';
import { cronJobPrinter, jobPrinter } from './kinds/jobPrinters';
import {
  ingressPrinter,
  networkPolicyPrinter,
} from './kinds/networkingPrinters';
import { nodePrinter } from './kinds/nodePrinter';
import { podPrinter } from './kinds/podPrinter';
import {
  apiServicePrinter,
  podDisruptionBudgetPrinter,
} from './kinds/policyPrinters';
import { bindingPrinter } from './kinds/rbacPrinters';
import {
  endpointSlicePrinter,
  endpointsPrinter,
  servicePrinter,
} from './kinds/servicePrinters';
import {
  daemonSetPrinter,
  deploymentPrinter,
  replicaSetPrinter,
  replicationControllerPrinter,
  statefulSetPrinter,
} from './kinds/workloadPrinters';

/** By group and kind. What is not here, such as Roles, is printed by its name and birth. */
const BUILT_IN: Readonly<Record<string, KindPrinter>> = {
  '/ConfigMap': configMapPrinter,
  '/Endpoints': endpointsPrinter,
  '/Event': eventPrinter,
  '/Namespace': namespacePrinter,
  '/Node': nodePrinter,
  '/PersistentVolumeClaim': persistentVolumeClaimPrinter,
  '/Pod': podPrinter,
  '/ReplicationController': replicationControllerPrinter,
  '/ResourceQuota': resourceQuotaPrinter,
  '/Secret': secretPrinter,
  '/Service': servicePrinter,
  '/ServiceAccount': agePrinter,
  'admissionregistration.k8s.io/MutatingWebhookConfiguration':
    webhookConfigurationPrinter,
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration':
    webhookConfigurationPrinter,
  'apiregistration.k8s.io/APIService': apiServicePrinter,
  'apps/DaemonSet': daemonSetPrinter,
  'apps/Deployment': deploymentPrinter,
  'apps/ReplicaSet': replicaSetPrinter,
  'apps/StatefulSet': statefulSetPrinter,
  'autoscaling/HorizontalPodAutoscaler': autoscalerPrinter,
  'batch/CronJob': cronJobPrinter,
  'batch/Job': jobPrinter,
  'coordination.k8s.io/Lease': leasePrinter,
  'discovery.k8s.io/EndpointSlice': endpointSlicePrinter,
  'networking.k8s.io/Ingress': ingressPrinter,
  'networking.k8s.io/NetworkPolicy': networkPolicyPrinter,
  'policy/PodDisruptionBudget': podDisruptionBudgetPrinter,
  'rbac.authorization.k8s.io/ClusterRoleBinding': bindingPrinter,
  'rbac.authorization.k8s.io/RoleBinding': bindingPrinter,
};

/** Prints objects of any kind as the API server does for `kubectl get`. */
export const printTable: PrintTable = (type, objects, { nowMilliseconds }) => {
  const printer = printerOf(type);
  return {
    columnDefinitions: [...printer.columns],
    rows: objects.map(object => printer.row(object, nowMilliseconds)),
  };
};

function printerOf(type: ResourceType): KindPrinter {
  return type.custom
    ? customPrinter(type)
    : BUILT_IN[`${type.group}/${type.kind}`] ?? createdAtPrinter;
}
