import type { ClusterObjects } from '../../ports/ClusterObjects';
import type { TargetScale } from '../scaleTarget';
import type { KedaEvent, ScaledObject } from './ScaledObjects';
import type { KedaCondition } from './scaledObjectSpec';

/** What a poll found out about all triggers together. */
export interface TriggerState {
  isActive: boolean;
  isError: boolean;
  activeTriggers: string[];
}

/** What the status of the ScaledObject becomes after a poll. */
export interface ScaleResult {
  ready: Omit<KedaCondition, 'type'>;
  /** Undefined: stays. */
  active?: Omit<KedaCondition, 'type'>;
  lastActiveTime?: string;
  events: KedaEvent[];
}

/** One look of KEDA at a target. */
export interface ScaleRequest {
  objects: ClusterObjects;
  scaledObject: ScaledObject;
  scale: TargetScale;
  state: TriggerState;
  nowMilliseconds: number;
}
