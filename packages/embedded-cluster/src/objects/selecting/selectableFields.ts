import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { ResourceType } from '../../model/ResourceType';

/** Dotted paths that a kind can be selected by, beside its name and namespace. */
const PATHS: Readonly<Record<string, readonly string[]>> = {
  '/pods': [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'spec.hostNetwork',
    'status.phase',
    'status.podIP',
    'status.nominatedNodeName',
  ],
  '/events': [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.resourceVersion',
    'involvedObject.fieldPath',
    'reason',
    'reportingComponent',
    'source',
    'type',
  ],
  '/secrets': ['type'],
  '/namespaces': ['status.phase'],
  '/nodes': ['spec.unschedulable'],
  '/services': ['spec.clusterIP', 'spec.type'],
  '/replicationcontrollers': ['status.replicas'],
  'apps/replicasets': ['status.replicas'],
  'batch/jobs': ['status.successful'],
};

/** What an absent field counts as; empty for all others. */
const ABSENT: Readonly<Record<string, string>> = {
  'spec.hostNetwork': 'false',
  'spec.unschedulable': 'false',
  'status.replicas': '0',
  'status.successful': '0',
};

/** Whether more than the name and the namespace selects the kind. */
export function hasFieldsOfItsOwn({ group, plural }: ResourceType): boolean {
  return `${group}/${plural}` in PATHS;
}

type FieldReader = (object: KubernetesObject) => string;

/** @returns undefined for a field that the kind cannot be selected by */
export function selectableField(
  type: ResourceType,
  path: string,
): FieldReader | undefined {
  if (path === 'metadata.name') {
    return ({ metadata }) => metadata.name;
  }
  if (path === 'metadata.namespace') {
    return type.namespaced
      ? ({ metadata }) => metadata.namespace ?? ''
      : undefined;
  }
  if (!PATHS[`${type.group}/${type.plural}`]?.includes(path)) {
    return undefined;
  }
  if (path === 'source') {
    return object =>
      valueAt(object, 'source.component') ||
      valueAt(object, 'reportingComponent');
  }
  if (path === 'status.successful') {
    return object => valueAt(object, 'status.succeeded') || '0';
  }
  return object => valueAt(object, path) || (ABSENT[path] ?? '');
}

function valueAt(object: KubernetesObject, path: string): string {
  let value: unknown = object;
  for (const part of path.split('.')) {
    value =
      typeof value === 'object' && value !== null
        ? (value as Record<string, unknown>)[part]
        : undefined;
  }
  return value === undefined || value === null ? '' : String(value);
}
