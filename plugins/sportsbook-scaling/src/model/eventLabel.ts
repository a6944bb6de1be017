import type { ScalingEvent } from '@sportsbook/plugin-sportsbook-scaling-common';
import { formatCount } from './displayFormat';
import type { Tone } from './tone';

const LABELS: Record<ScalingEvent['kind'], { label: string; tone: Tone }> = {
  scaledOut: { label: 'Scaled out', tone: 'info' },
  scaledIn: { label: 'Scaled in', tone: 'info' },
  fallback: { label: 'Fallback', tone: 'warning' },
  paused: { label: 'Paused', tone: 'neutral' },
  resumed: { label: 'Resumed', tone: 'neutral' },
  rollout: { label: 'Rollout', tone: 'neutral' },
  trouble: { label: 'Trouble', tone: 'danger' },
};

/** What kind of event it is in words, with its tone. */
export function eventLabel(kind: ScalingEvent['kind']): {
  label: string;
  tone: Tone;
} {
  return LABELS[kind];
}

/** `2 → 3`, `→ 3`, or nothing where the event does not say. */
export function eventReplicas(
  event: Pick<ScalingEvent, 'from' | 'to'>,
): string | undefined {
  if (event.to === undefined) {
    return undefined;
  }
  const to = formatCount(event.to);
  return event.from === undefined
    ? `→ ${to}`
    : `${formatCount(event.from)} → ${to}`;
}
