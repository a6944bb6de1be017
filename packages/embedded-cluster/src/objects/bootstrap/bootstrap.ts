import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { ClusterObjects } from '../../ports/ClusterObjects';
import { SERVICE_NETWORK } from '../../model/names';
import { clusterRoles } from './clusterRoles';

const MANAGER = 'kube-apiserver';
const NAMESPACES = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];
const API_PORT = 443;
const REAL_API_PORT = 6443;

/** Makes what every cluster has, where it is missing. */
export function bootstrap(objects: ClusterObjects): void {
  for (const name of NAMESPACES) {
    ensure(objects, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
    });
  }
  ensure(objects, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: 'kubernetes',
      namespace: 'default',
      labels: { component: 'apiserver', provider: 'kubernetes' },
    },
    spec: {
      type: 'ClusterIP',
      // The first address of the range is the API server's on every cluster.
      clusterIP: SERVICE_NETWORK.replace(/\.0\/\d+$/, '.1'),
      sessionAffinity: 'None',
      ports: [
        {
          name: 'https',
          port: API_PORT,
          protocol: 'TCP',
          targetPort: REAL_API_PORT,
        },
      ],
    },
  });
  clusterRoles().forEach(role => ensure(objects, role));
}

function ensure(objects: ClusterObjects, object: KubernetesObject): void {
  const type = objects.typeOf(object.apiVersion, object.kind);
  if (type && !objects.find(type, object.metadata)) {
    objects.create(type, object, { manager: MANAGER });
  }
}
