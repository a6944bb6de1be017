import type {
  ReplicaLevels,
  ScalingSnapshot,
} from '@sportsbook/plugin-sportsbook-scaling-common';

/**
 * The levels that the service reacts to right now: none while something else
 * than the rate decides, as a pause or a fallback does.
 */
export function effectiveLevels(
  snapshot: Pick<ScalingSnapshot, 'levels' | 'verdict'>,
): ReplicaLevels {
  switch (snapshot.verdict.state) {
    case 'paused':
    case 'fallback':
    case 'broken':
      return {};
    default:
      return snapshot.levels;
  }
}
