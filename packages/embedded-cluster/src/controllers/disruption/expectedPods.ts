import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { ClusterObjects } from '../../ports/ClusterObjects';
import { controllerOf } from '../foundation/ownership';
import { numberAt } from './numberAt';

/**
 * How many pods their controllers want in all: each workload once, a
 * ReplicaSet by its Deployment.
 *
 * @throws Error with the sentence of the budget's condition, for a pod whose controller cannot be scaled
 */
export function expectedPods(
  objects: ClusterObjects,
  pods: readonly KubernetesObject[],
): number {
  const wanted = new Map<string, number>();
  for (const pod of pods) {
    const owner = controllerIn(objects, pod);
    if (owner === undefined) {
      const reference = controllerOf(pod);
      throw new Error(
        reference === undefined
          ? `found no controller ref for pod "${pod.metadata.name}"`
          : `found no controllers for pod "${pod.metadata.name}"`,
      );
    }
    const parent = controllerIn(objects, owner) ?? owner;
    const path = objects.typeOf(parent.apiVersion, parent.kind)?.scale
      ?.specReplicasPath;
    const replicas = path === undefined ? undefined : numberAt(parent, path);
    if (replicas === undefined) {
      throw new Error(
        `${parent.kind} "${parent.metadata.name}" does not implement the scale subresource`,
      );
    }
    wanted.set(parent.metadata.uid ?? '', replicas);
  }
  return [...wanted.values()].reduce((sum, count) => sum + count, 0);
}

function controllerIn(
  objects: ClusterObjects,
  object: KubernetesObject,
): KubernetesObject | undefined {
  const reference = controllerOf(object);
  const type =
    reference && objects.typeOf(reference.apiVersion, reference.kind);
  if (reference === undefined || type === undefined) {
    return undefined;
  }
  const owner = objects.find(type, {
    name: reference.name,
    ...(type.namespaced ? { namespace: object.metadata.namespace } : {}),
  });
  return owner?.metadata.uid === reference.uid ? owner : undefined;
}
