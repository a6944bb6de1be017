import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { isPodReady, podView, readySinceMilliseconds } from '../views/podView';

const PHASE_RANK: Record<string, number> = { Pending: 0, Unknown: 1 };
const DELETION_COST = 'controller.kubernetes.io/pod-deletion-cost';

/**
 * Pods in the order in which a ReplicaSet gives them up: without a node,
 * pending, not ready, of little deletion cost, sharing a node with most of
 * their like, ready for a short time, restarted often, young.
 *
 * @param related - the pods of all ReplicaSets of the same owner
 */
export function inDeletionOrder(
  pods: readonly KubernetesObject[],
  related: readonly KubernetesObject[],
  nowMilliseconds: number,
): KubernetesObject[] {
  const onNode = new Map<string, number>();
  for (const pod of related) {
    const node = podView(pod).spec.nodeName ?? '';
    onNode.set(node, (onNode.get(node) ?? 0) + 1);
  }
  const ranked = pods.map(pod => ({
    pod,
    rank: rankOf(pod, onNode, nowMilliseconds),
  }));
  ranked.sort((a, b) => {
    for (let index = 0; index < a.rank.length; index++) {
      if (a.rank[index] !== b.rank[index]) {
        return a.rank[index] - b.rank[index];
      }
    }
    return String(a.pod.metadata.uid) < String(b.pod.metadata.uid) ? -1 : 1;
  });
  return ranked.map(({ pod }) => pod);
}

/** Compared from left to right; the lowest goes first. */
function rankOf(
  pod: KubernetesObject,
  onNode: ReadonlyMap<string, number>,
  nowMilliseconds: number,
): number[] {
  const { spec, status } = podView(pod);
  const ready = isPodReady(pod);
  const readySince = readySinceMilliseconds(pod);
  const created = Date.parse(pod.metadata.creationTimestamp ?? '');
  const cost = Number(pod.metadata.annotations?.[DELETION_COST] ?? 0);
  return [
    (spec.nodeName ?? '') === '' ? 0 : 1,
    PHASE_RANK[status.phase ?? 'Pending'] ?? 2,
    ready ? 1 : 0,
    Number.isInteger(cost) ? cost : 0,
    -(onNode.get(spec.nodeName ?? '') ?? 0),
    ready ? magnitude(readySince, nowMilliseconds) : 0,
    -Math.max(
      0,
      ...(status.containerStatuses ?? []).map(
        ({ restartCount }) => restartCount ?? 0,
      ),
    ),
    magnitude(created, nowMilliseconds),
  ];
}

/**
 * Times are compared by their magnitude only, so that of pods that are
 * roughly as old, any may go, and not always those of one zone.
 */
function magnitude(since: number | undefined, nowMilliseconds: number): number {
  if (since === undefined || Number.isNaN(since)) {
    return 0;
  }
  const nanoseconds = Math.max(0, nowMilliseconds - since) * 1e6;
  return nanoseconds === 0 ? 0 : Math.floor(Math.log2(nanoseconds));
}
