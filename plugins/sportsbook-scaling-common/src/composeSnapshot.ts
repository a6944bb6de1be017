import { ScalingSnapshot } from './snapshot';
import { scalingVerdict } from './verdict/scalingVerdict';
import { verdictFacts } from './verdict/verdictFacts';

/** What the sources said, without what follows from it. */
export type SnapshotParts = Omit<ScalingSnapshot, 'levels' | 'verdict'>;

/** Adds levels and verdict, so that every viewer gets the same ones. */
export function composeSnapshot(parts: SnapshotParts): ScalingSnapshot {
  const verdictParts = { ...parts, now: parts.observedAt };
  return {
    ...parts,
    levels: verdictFacts(verdictParts).levels,
    verdict: scalingVerdict(verdictParts),
  };
}
