import type { Clock } from '../../model/Clock';
import type { ClusterObjects } from '../../ports/ClusterObjects';
import type { EventRecorder } from '../../ports/EventRecorder';

/** What every controller of the cluster works with. */
export interface ControllerContext {
  objects: ClusterObjects;
  clock: Clock;
  events: EventRecorder;
  log: { warn(message: string): void };
}

/** Field manager of all of them, as of the real controller manager. */
export const CONTROLLER_MANAGER = 'kube-controller-manager';
