import type { ScalingEvent } from '@sportsbook/plugin-sportsbook-scaling-common';
import { Line } from '@visx/shape';
import { EventGlyph } from '../EventGlyph';
import styles from './ScalingChart.module.css';

export interface EventMarkersProps {
  events: ScalingEvent[];
  /** Pixels from the left edge of the plot. */
  x: (event: { at: number }) => number;
  plotHeight: number;
  trackHeight: number;
}

/** The events on the time axis: a glyph in the track, a hairline through the plot. */
export function EventMarkers(props: EventMarkersProps) {
  const { events, x, plotHeight, trackHeight } = props;
  return (
    <>
      {events.map(event => (
        <g
          key={`${event.at}-${event.kind}-${event.reason}-${event.message}`}
          data-event={event.kind}
        >
          <Line
            from={{ x: x(event), y: 0 }}
            to={{ x: x(event), y: plotHeight + trackHeight }}
            className={styles.eventLine}
          />
          <EventGlyph
            kind={event.kind}
            cx={x(event)}
            cy={plotHeight + trackHeight / 2}
          />
        </g>
      ))}
    </>
  );
}
