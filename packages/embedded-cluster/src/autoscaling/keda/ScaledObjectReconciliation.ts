import type { ClusterObjects } from '../../ports/ClusterObjects';
import type { ScaledObjects } from './ScaledObjects';
import type { ScaleLoops } from './ScaleLoops';
import type { TriggerReadings } from './TriggerReadings';

/** What every step of a reconciliation works with. */
export interface ScaledObjectReconciliation {
  objects: ClusterObjects;
  scaledObjects: ScaledObjects;
  readings: TriggerReadings;
  loops: ScaleLoops;
}
