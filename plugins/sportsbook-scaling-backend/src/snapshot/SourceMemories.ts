import {
  ScalingEvent,
  ScalingHistory,
  WorkloadView,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { SeenAutoscaler, SeenScaledObject } from '../sources/ClusterSources';
import { SourceMemory } from '../sources/SourceMemory';

/** What each source said last. */
export interface SourceMemories {
  scaledObject: SourceMemory<SeenScaledObject>;
  autoscaler: SourceMemory<SeenAutoscaler>;
  workload: SourceMemory<WorkloadView>;
  events: SourceMemory<ScalingEvent[]>;
  requestsPerSecond: SourceMemory<number>;
  history: SourceMemory<ScalingHistory>;
}

export function createSourceMemories(options: {
  keepStaleSeconds: number;
}): SourceMemories {
  return {
    scaledObject: new SourceMemory(options),
    autoscaler: new SourceMemory(options),
    workload: new SourceMemory(options),
    events: new SourceMemory(options),
    requestsPerSecond: new SourceMemory(options),
    history: new SourceMemory(options),
  };
}
