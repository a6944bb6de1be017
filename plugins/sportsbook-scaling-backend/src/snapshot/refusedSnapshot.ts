import {
  composeSnapshot,
  ScalingSnapshot,
  Sourced,
  UnixTimestampSeconds,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { Refusal } from '../access/Refusal';
import { notSeen } from '../sources/Observation';
import { SourceMemory } from '../sources/SourceMemory';
import { SnapshotSubject, subjectKey } from '../SnapshotSubject';
import { mapSourced } from './mapSourced';
import { SourceMemories } from './SourceMemories';

/** Every source forbidden, for one reason; what was remembered of them is forgotten. */
export function refusedSnapshot(
  subject: SnapshotSubject,
  refusal: Refusal,
  options: { memories: SourceMemories; at: UnixTimestampSeconds },
): ScalingSnapshot {
  const { reason, nextStep } = refusal;
  const { memories, at } = options;
  const key = subjectKey(subject);
  const forbidden = notSeen('forbidden', `${reason} ${nextStep}`);
  const settle = <T>(memory: SourceMemory<T>): Sourced<T> =>
    memory.settle(key, forbidden, at);
  const snapshot = composeSnapshot({
    target: subject.target,
    observedAt: at,
    scaledObject: mapSourced(settle(memories.scaledObject), seen => seen.view),
    autoscaler: mapSourced(settle(memories.autoscaler), seen => seen.view),
    workload: settle(memories.workload),
    events: settle(memories.events),
    requestsPerSecond: settle(memories.requestsPerSecond),
    history: settle(memories.history),
  });
  // The cluster's account lacks nothing, so its advice would mislead here.
  return {
    ...snapshot,
    verdict: { state: 'unknown', sentence: reason, nextStep },
  };
}
