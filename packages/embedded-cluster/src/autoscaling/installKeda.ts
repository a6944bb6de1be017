import type { ClusterObjects } from '../ports/ClusterObjects';
import { ensureObject } from '../runtime/ensureObject';
import {
  EMBEDDED_ANNOTATION,
  installDefinitions,
} from '../runtime/installDefinitions';
import { requireType } from '../runtime/requireType';
import { EXTERNAL_METRICS } from './keda/externalMetricsApi';

const DEFINITIONS = [
  'scaledobjects.keda.sh',
  'triggerauthentications.keda.sh',
  'clustertriggerauthentications.keda.sh',
];

const MANAGER = 'embedded-cluster';

/**
 * What of KEDA can be seen in a cluster: its definitions, its namespace and
 * the APIService of its metrics, which names no Service because the API server
 * answers it itself. There are no pods of it, and none are made up.
 */
export function installKeda(objects: ClusterObjects): void {
  installDefinitions(objects, DEFINITIONS);
  const namespaces = requireType(objects, 'v1', 'Namespace');
  if (objects.find(namespaces, { name: 'keda' }) === undefined) {
    objects.create(
      namespaces,
      {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: {
          name: 'keda',
          labels: {
            'app.kubernetes.io/name': 'keda',
            'app.kubernetes.io/part-of': 'keda-operator',
          },
          annotations: { [EMBEDDED_ANNOTATION]: 'true' },
        },
      },
      { manager: MANAGER },
    );
  }
  const { group, version } = EXTERNAL_METRICS;
  ensureObject(
    objects,
    {
      apiVersion: 'apiregistration.k8s.io/v1',
      kind: 'APIService',
      metadata: {
        name: `${version}.${group}`,
        labels: {
          'app.kubernetes.io/name': `${version}.${group}`,
          'app.kubernetes.io/part-of': 'keda-operator',
        },
        annotations: { [EMBEDDED_ANNOTATION]: 'true' },
      },
      spec: {
        group,
        version,
        groupPriorityMinimum: 100,
        versionPriority: 100,
      },
    },
    { manager: MANAGER },
  );
}
