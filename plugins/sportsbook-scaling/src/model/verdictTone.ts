import type { ScalingVerdict } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { Tone } from './tone';

const TONES: Record<ScalingVerdict['state'], Tone> = {
  holding: 'success',
  scalingOut: 'info',
  scalingIn: 'info',
  stabilizing: 'info',
  atMaximum: 'warning',
  atMinimum: 'success',
  fallback: 'warning',
  paused: 'neutral',
  starting: 'info',
  broken: 'danger',
  unknown: 'neutral',
};

/** The tone of a verdict. */
export function verdictTone(state: ScalingVerdict['state']): Tone {
  return TONES[state];
}
