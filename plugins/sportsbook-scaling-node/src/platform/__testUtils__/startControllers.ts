import {
  groupKindOf,
  KubernetesObject,
  objectRefOf,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { FakeCluster } from '../../testUtils';
import { OPERATOR_POD_LABELS } from '../operatorManifests';

const READY_METRIC =
  'prometheus_operator_ready{controller="alertmanager"} 0\nprometheus_operator_ready{controller="prometheus"} 1\n';

/**
 * Does to what is applied what controllers, kubelet and operator would do: the
 * Deployments become available, the APIService too, and the operator says that
 * it reconciles.
 */
export function startControllers(
  cluster: FakeCluster,
  options: {
    /** Answer of the operator's /metrics. */
    metrics?: { status: number; text: string };
  } = {},
): void {
  const apply = cluster.apply.bind(cluster);
  cluster.apply = async (object, applyOptions) => {
    const result = await apply(object, applyOptions);
    if (applyOptions?.dryRun !== true) {
      settle(cluster, object);
    }
    return result;
  };
  cluster.getRaw = async path => ({
    contentType: 'text/plain',
    ...(path.endsWith(':8080/proxy/metrics')
      ? options.metrics ?? { status: 200, text: READY_METRIC }
      : { status: 404, text: `no ${path}` }),
  });
}

function settle(cluster: FakeCluster, object: KubernetesObject): void {
  const ref = objectRefOf(object);
  if (groupKindOf(object) === 'apps/Deployment') {
    cluster.update(ref, stored => {
      stored.status = {
        observedGeneration: stored.metadata.generation,
        replicas: 1,
        updatedReplicas: 1,
        readyReplicas: 1,
        availableReplicas: 1,
      };
    });
    if (ref.name === 'prometheus-operator') {
      cluster.seed({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          name: 'prometheus-operator-1',
          namespace: ref.namespace,
          labels: OPERATOR_POD_LABELS,
          ownerReferences: [{ kind: 'ReplicaSet', name: 'x', uid: 'x' }],
        },
      });
    }
  }
  if (ref.kind === 'APIService') {
    cluster.update(ref, stored => {
      stored.status = {
        conditions: [{ type: 'Available', status: 'True', reason: 'Passed' }],
      };
    });
  }
}
