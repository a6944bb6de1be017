import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { ClusterObjects } from '../ports/ClusterObjects';
import { requireType } from '../runtime/requireType';
import { OPERATOR_MANAGER } from './names';
import { serverLabelsOf, type Prometheus } from './prometheusSpec';
import { REVISION_LABEL, serverPodOf } from './serverPodOf';
import { messageOf } from '../runtime/messageOf';

/** A pod that the API server refuses, such as one without its ServiceAccount; the object itself is in order. */
export class PodRefusedError extends Error {
  readonly name = 'PodRefusedError' as const;
}

/** The pods of a server that there are, by ordinal. */
export function serverPods(
  objects: ClusterObjects,
  prometheus: Prometheus,
): KubernetesObject[] {
  const labelSelector = Object.entries(serverLabelsOf(prometheus))
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
  const ordinalOf = ({ metadata }: KubernetesObject) =>
    Number(metadata.labels?.['apps.kubernetes.io/pod-index'] ?? 0);
  return [
    ...objects.list(requireType(objects, 'v1', 'Pod'), {
      namespace: prometheus.namespace,
      labelSelector,
    }).items,
  ].sort((a, b) => ordinalOf(a) - ordinalOf(b));
}

/** Whether a pod was made from the object as it is now. */
export function isUpdated(
  pod: KubernetesObject,
  prometheus: Prometheus,
): boolean {
  return (
    pod.metadata.labels?.[REVISION_LABEL] ===
    serverPodOf(prometheus, 0).metadata.labels?.[REVISION_LABEL]
  );
}

/**
 * Makes the pods that are missing, and lets those go that are too many, have
 * ended, or were made from an older version of the object: their successors
 * are made when they are gone.
 *
 * @throws PodRefusedError where one cannot be made yet
 */
export function ensureServerPods(
  objects: ClusterObjects,
  prometheus: Prometheus,
): void {
  const type = requireType(objects, 'v1', 'Pod');
  const { namespace, spec } = prometheus;
  const wanted = Array.from({ length: spec.replicas }, (_, ordinal) =>
    serverPodOf(prometheus, ordinal),
  );
  const present = serverPods(objects, prometheus);
  for (const pod of present) {
    const isWanted = wanted.some(
      ({ metadata }) => metadata.name === pod.metadata.name,
    );
    if (
      pod.metadata.deletionTimestamp === undefined &&
      (!isWanted || !isUpdated(pod, prometheus) || hasEnded(pod))
    ) {
      objects.delete(type, { namespace, name: pod.metadata.name }, {});
    }
  }
  for (const pod of wanted) {
    const { name } = pod.metadata;
    if (objects.find(type, { namespace, name }) === undefined) {
      try {
        objects.create(type, pod, { manager: OPERATOR_MANAGER });
      } catch (error) {
        throw new PodRefusedError(
          `create Pod ${name} failed error: ${messageOf(error)}`,
          { cause: error },
        );
      }
    }
  }
}

function hasEnded({ status }: KubernetesObject): boolean {
  const { phase }: { phase?: unknown } =
    typeof status === 'object' && status !== null ? status : {};
  return phase === 'Failed' || phase === 'Succeeded';
}
