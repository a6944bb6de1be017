import type { ResourceType } from '../../model/ResourceType';
import { resourceOf } from '../types/TypeRegistry';
import { apiServiceRules } from './apiServiceRules';
import { autoscalerRules } from './autoscalerRules';
import { configMapRules } from './configMapRules';
import { definitionRules } from './definitionRules';
import { deploymentRules } from './deploymentRules';
import { endpointSliceRules } from './endpointSliceRules';
import { endpointsRules } from './endpointsRules';
import { eventRules } from './eventRules';
import { jobRules } from './jobRules';
import type { KindRules } from './KindRules';
import { leaseRules } from './leaseRules';
import { namespaceRules } from './namespaceRules';
import { networkPolicyRules } from './networkPolicyRules';
import { podDisruptionBudgetRules } from './podDisruptionBudgetRules';
import { podRules } from './podRules';
import { replicaSetRules } from './replicaSetRules';
import { roleBindingRules } from './roleBindingRules';
import { roleRules } from './roleRules';
import { secretRules } from './secretRules';
import { serviceRules } from './serviceRules';

const RULES: Readonly<Record<string, KindRules>> = {
  '/configmaps': configMapRules,
  '/endpoints': endpointsRules,
  '/events': eventRules,
  '/limitranges': { createsOnUpdate: true },
  '/namespaces': namespaceRules,
  // A kubelet registers its node together with what it knows of it.
  '/nodes': { keepsStatusOnCreate: true },
  '/pods': podRules,
  '/secrets': secretRules,
  '/services': serviceRules,
  'apiextensions.k8s.io/customresourcedefinitions': definitionRules,
  'apiregistration.k8s.io/apiservices': apiServiceRules,
  'apps/deployments': deploymentRules,
  'apps/replicasets': replicaSetRules,
  'autoscaling/horizontalpodautoscalers': autoscalerRules,
  'batch/jobs': jobRules,
  'coordination.k8s.io/leases': leaseRules,
  'discovery.k8s.io/endpointslices': endpointSliceRules,
  'networking.k8s.io/networkpolicies': networkPolicyRules,
  'policy/poddisruptionbudgets': podDisruptionBudgetRules,
  'rbac.authorization.k8s.io/clusterrolebindings': roleBindingRules,
  'rbac.authorization.k8s.io/clusterroles': roleRules,
  'rbac.authorization.k8s.io/rolebindings': roleBindingRules,
  'rbac.authorization.k8s.io/roles': roleRules,
};

/** All fields but metadata and status count as the object's spec. */
const CUSTOM: KindRules = { generation: 'all', unconditionalUpdate: false };
const PLAIN: KindRules = {};

/** What the API server knows of a kind beyond its schema. */
export function rulesOf(type: ResourceType): KindRules {
  return type.custom ? CUSTOM : RULES[resourceOf(type)] ?? PLAIN;
}
