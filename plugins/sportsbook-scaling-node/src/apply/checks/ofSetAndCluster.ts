import {
  KubernetesObject,
  objectRefOf,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { objectKey } from '../../model/objectKey';
import { PlanContext } from '../PlanContext';

export const SCALED_OBJECT = {
  apiVersion: 'keda.sh/v1alpha1',
  kind: 'ScaledObject',
};
export const AUTOSCALER = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
};

/** The set's objects of a kind, and the cluster's that the set does not replace. */
export async function ofSetAndCluster(
  { view, objects }: PlanContext,
  kind: { apiVersion: string; kind: string },
  namespace?: string,
): Promise<{ items: KubernetesObject[]; warnings: string[] }> {
  const inSet = objects
    .filter(
      ({ ref }) =>
        ref.kind === kind.kind &&
        objectKey({ ...ref, name: '', namespace: '' }) ===
          objectKey({ ...kind, name: '' }) &&
        (namespace === undefined || ref.namespace === namespace),
    )
    .map(({ object }) => object);
  const keys = new Set(inSet.map(object => objectKey(objectRefOf(object))));
  const listed = await view.list(kind, namespace);
  if (listed.status === 'unreadable') {
    return {
      items: inSet,
      warnings: [
        `Objects of kind ${kind.kind} on the cluster were not looked at: ${listed.reason}`,
      ],
    };
  }
  return {
    items: [
      ...inSet,
      ...listed.value.filter(
        object => !keys.has(objectKey(objectRefOf(object))),
      ),
    ],
    warnings: [],
  };
}
