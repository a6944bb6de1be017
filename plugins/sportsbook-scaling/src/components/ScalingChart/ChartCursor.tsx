import { localPoint } from '@visx/event';
import type { KeyboardEvent, PointerEvent } from 'react';
import { ChartReading, nearestReading } from '../../model/chartSeries';
import type { ChartScales } from '../../model/chartScales';
import { readingInWords } from '../../model/chartSummary';
import type { ChartLayout } from './chartLayout';
import styles from './ScalingChart.module.css';

const PAGE_READINGS = 10;

export interface ChartCursorProps {
  readings: ChartReading[];
  /** Index of the reading under the cursor. */
  index: number | undefined;
  onIndexChange: (index: number | undefined) => void;
  scales: ChartScales;
  layout: ChartLayout;
}

/**
 * Reads the chart moment by moment, with the pointer or with arrow keys, Home,
 * End and Page keys. To assistive technology it is a slider over time whose
 * value is the moment in words.
 */
export function ChartCursor(props: ChartCursorProps) {
  const { readings, index, onIndexChange, scales, layout } = props;
  const last = readings.length - 1;
  const shown = index ?? last;

  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const point = localPoint(event.currentTarget, event);
    if (point) {
      const milliseconds = scales.time.invert(point.x).getTime();
      onIndexChange(nearestReading(readings, milliseconds / 1000));
    }
  };

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const target = indexForKey(event.key, shown, last);
    if (target !== undefined) {
      event.preventDefault();
      onIndexChange(Math.max(0, Math.min(last, target)));
    }
  };

  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label="Moment in the chart"
      aria-orientation="horizontal"
      aria-valuemin={0}
      aria-valuemax={last}
      aria-valuenow={shown}
      aria-valuetext={readingInWords(readings[shown])}
      className={styles.cursorArea}
      style={{
        left: layout.margin.left,
        top: layout.margin.top,
        width: layout.plotWidth,
        height: layout.plotHeight + layout.trackHeight,
      }}
      onPointerMove={onPointerMove}
      onPointerDown={onPointerMove}
      onPointerLeave={() => onIndexChange(undefined)}
      onFocus={() => onIndexChange(shown)}
      onBlur={() => onIndexChange(undefined)}
      onKeyDown={onKeyDown}
    />
  );
}

function indexForKey(
  key: string,
  shown: number,
  last: number,
): number | undefined {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return shown - 1;
    case 'ArrowRight':
    case 'ArrowUp':
      return shown + 1;
    case 'PageDown':
      return shown - PAGE_READINGS;
    case 'PageUp':
      return shown + PAGE_READINGS;
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}
