import type { PodObject } from '../podObject';

export type Placement =
  | { status: 'fits' }
  /** As the scheduler words it. */
  | { status: 'unschedulable'; message: string };

/** Whether the one node takes the pod: it does, unless the pod wants a node with other labels. */
export function placePod(
  { spec }: PodObject,
  nodeLabels: Readonly<Record<string, string>>,
  nodeIsOpen: boolean,
): Placement {
  if (!nodeIsOpen) {
    return unschedulable('1 node(s) were unschedulable');
  }
  const matches = Object.entries(spec.nodeSelector).every(
    ([key, value]) => nodeLabels[key] === value,
  );
  return matches
    ? { status: 'fits' }
    : unschedulable("1 node(s) didn't match Pod's node affinity/selector");
}

function unschedulable(why: string): Placement {
  return {
    status: 'unschedulable',
    message:
      `0/1 nodes are available: ${why}. no new claims to deallocate, ` +
      'preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.',
  };
}

/** Whether somebody has still to say where the pod runs. */
export function waitsForNode({ metadata, spec, status }: PodObject): boolean {
  return (
    (spec.nodeName ?? '') === '' &&
    !metadata.deletionTimestamp &&
    spec.schedulerName === 'default-scheduler' &&
    status.phase !== 'Succeeded' &&
    status.phase !== 'Failed'
  );
}
