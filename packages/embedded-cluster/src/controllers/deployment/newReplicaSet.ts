import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { controllerReference } from '../foundation/ownership';
import { safeHash } from '../foundation/safeHash';
import { deploymentView } from '../views/deploymentView';
import { rolledOutAnnotations } from './annotations';
import { sizeAnnotations } from './scaleReplicaSet';
import { HASH_LABEL } from './sortOut';

/** A ReplicaSet for a Deployment's present template. */
export function newReplicaSet(
  deployment: KubernetesObject,
  { revision, replicas }: { revision: number; replicas: number },
): KubernetesObject {
  const { spec, status } = deploymentView(deployment);
  const hash = safeHash(spec.template, status.collisionCount ?? undefined);
  const labels = { ...spec.template.metadata.labels, [HASH_LABEL]: hash };
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${deployment.metadata.name}-${hash}`,
      namespace: deployment.metadata.namespace,
      labels,
      annotations: {
        ...rolledOutAnnotations(deployment, {}, revision),
        ...sizeAnnotations(deployment),
      },
      ownerReferences: [controllerReference(deployment)],
    },
    spec: {
      replicas,
      ...(spec.minReadySeconds === 0
        ? {}
        : { minReadySeconds: spec.minReadySeconds }),
      selector: {
        ...spec.selector,
        matchLabels: { ...spec.selector.matchLabels, [HASH_LABEL]: hash },
      },
      template: {
        metadata: { ...spec.template.metadata, labels },
        spec: spec.template.spec,
      },
    },
  };
}
