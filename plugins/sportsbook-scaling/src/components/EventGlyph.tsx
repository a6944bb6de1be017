import type { ScalingEvent } from '@sportsbook/plugin-sportsbook-scaling-common';
import { eventLabel } from '../model/eventLabel';
import toneStyles from './tone.module.css';

const RADIUS = 5;

/**
 * The sign of an event, to be placed in an SVG: up and down for scaling out and
 * in, a square for a rollout, a circle for the rest. Its shape says it as well
 * as its colour.
 */
export function EventGlyph(props: {
  kind: ScalingEvent['kind'];
  cx: number;
  cy: number;
}) {
  const { kind, cx, cy } = props;
  const className = toneStyles[eventLabel(kind).tone];
  switch (kind) {
    case 'scaledOut':
      return <path className={className} d={triangle(cx, cy, -RADIUS)} />;
    case 'scaledIn':
      return <path className={className} d={triangle(cx, cy, RADIUS)} />;
    case 'rollout':
      return (
        <rect
          className={className}
          x={cx - RADIUS + 1}
          y={cy - RADIUS + 1}
          width={2 * RADIUS - 2}
          height={2 * RADIUS - 2}
        />
      );
    default:
      return <circle className={className} cx={cx} cy={cy} r={RADIUS - 1} />;
  }
}

/** A triangle whose tip is `tip` pixels below the centre. */
function triangle(cx: number, cy: number, tip: number): string {
  return `M${cx},${cy + tip}L${cx - RADIUS},${cy - tip}L${cx + RADIUS},${
    cy - tip
  }Z`;
}
