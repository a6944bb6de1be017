import { ScalingTarget } from '@sportsbook/plugin-sportsbook-scaling-common';

/** Whose scaling is looked at, and where it runs. */
export interface SnapshotSubject {
  /** As the catalog writes it, such as `component:default/odds-api`. */
  entityRef: string;
  target: ScalingTarget;
}

/** Equal for equal subjects only, whatever characters their names hold. */
export function subjectKey({ entityRef, target }: SnapshotSubject): string {
  const { cluster, namespace, scaledObject } = target;
  return JSON.stringify([entityRef, cluster, namespace, scaledObject]);
}
