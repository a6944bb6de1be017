import { join } from 'node:path';

export const DEFINITIONS_DIRECTORY = join(__dirname, '..', 'definitions');

/** A kind that the skeleton writes, and where the API server describes it. */
export interface RecordedKind {
  apiVersion: string;
  kind: string;
  /** Below `/openapi/v3/`. */
  document: string;
}

export const RECORDED_KINDS: readonly RecordedKind[] = [
  { apiVersion: 'v1', kind: 'Service', document: 'api/v1' },
  { apiVersion: 'v1', kind: 'ServiceAccount', document: 'api/v1' },
  { apiVersion: 'apps/v1', kind: 'Deployment', document: 'apis/apps/v1' },
  {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    document: 'apis/policy/v1',
  },
  ...['Role', 'RoleBinding'].map(kind => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind,
    document: 'apis/rbac.authorization.k8s.io/v1',
  })),
  ...['ServiceMonitor', 'Prometheus'].map(kind => ({
    apiVersion: 'monitoring.coreos.com/v1',
    kind,
    document: 'apis/monitoring.coreos.com/v1',
  })),
  {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    document: 'apis/keda.sh/v1alpha1',
  },
];

/** File of a kind's recorded schema. */
export function definitionPath(object: {
  apiVersion: string;
  kind: string;
}): string {
  const group = object.apiVersion.replaceAll('/', '_');
  return join(DEFINITIONS_DIRECTORY, `${group}_${object.kind}.json`);
}
