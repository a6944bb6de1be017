import { stringify } from 'yaml';
import { KEDA_DEFINITIONS, OPERATOR_DEFINITIONS } from '../definitionNames';
import { EXTERNAL_METRICS_API } from '../inspect/inspectExternalMetrics';
import { definitionObject, deploymentObject } from './platformClusters';

const file = (path: string, objects: object[]) => ({
  path,
  text: objects.map(object => `---\n${stringify(object)}`).join(''),
});

/** The shape of the operator's bundle: definitions, and what runs it with `*`. */
export function operatorRelease(version = '0.93.0') {
  return file('bundle.yaml', [
    definitionObject(
      {
        name: 'alertmanagers.monitoring.coreos.com',
        apiVersion: 'monitoring.coreos.com/v1',
        kind: 'Alertmanager',
      },
      version,
    ),
    ...OPERATOR_DEFINITIONS.map(definition =>
      definitionObject(definition, version),
    ),
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'prometheus-operator' },
      rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }],
    },
  ]);
}

/** The shape of KEDA's release manifest. */
export function kedaRelease(
  version = '2.20.2',
  further: object[] = [],
): { path: string; text: string } {
  const { name, ...apiService } = EXTERNAL_METRICS_API;
  return file('keda.yaml', [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'keda' } },
    ...KEDA_DEFINITIONS.map(definition => definitionObject(definition)),
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'keda-operator', namespace: 'keda' },
    },
    ...[
      ['keda-operator', 'keda'],
      ['keda-metrics-apiserver', 'keda-metrics-apiserver'],
    ].map(([deployment, image]) => {
      const { status, ...rest } = deploymentObject({
        name: deployment,
        namespace: 'keda',
        image: `ghcr.io/kedacore/${image}:${version}`,
      });
      return rest;
    }),
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'keda-metrics-apiserver', namespace: 'keda' },
      spec: { selector: { app: 'keda-metrics-apiserver' } },
    },
    {
      ...apiService,
      metadata: { name },
      spec: { service: { name: 'keda-metrics-apiserver', namespace: 'keda' } },
    },
    ...further,
  ]);
}
