import { Button } from '@backstage/ui';
import type {
  ReplicaLevels,
  ScalingEvent,
  ScalingHistory,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { useId, useMemo, useState } from 'react';
import { chartReadings, nearestReading } from '../../model/chartSeries';
import { chartScales } from '../../model/chartScales';
import { chartSummary, readingInWords } from '../../model/chartSummary';
import { ChartCursor } from './ChartCursor';
import { chartLayout } from './chartLayout';
import { ChartLegend } from './ChartLegend';
import { ChartPlot } from './ChartPlot';
import { ChartTable } from './ChartTable';
import { useParentWidth } from './useParentWidth';
import styles from './ScalingChart.module.css';

export interface ScalingChartProps {
  history: ScalingHistory;
  levels: ReplicaLevels;
  events: ScalingEvent[];
  /** Requests per second of one replica. */
  threshold?: number;
}

/** Rate and replicas over the history's time, as a picture and as a table. */
export function ScalingChart(props: ScalingChartProps) {
  const { history, levels, events, threshold } = props;
  const { parentRef, width } = useParentWidth();
  const tableId = useId();
  const [isTableShown, setTableShown] = useState(false);
  // A time and not an index, so that the cursor stays put when the window moves on.
  const [cursorAt, setCursorAt] = useState<number>();

  const readings = useMemo(() => chartReadings(history), [history]);
  const shownEvents = useMemo(
    () =>
      events.filter(
        event => event.at >= history.from && event.at <= history.to,
      ),
    [events, history],
  );
  const layout = chartLayout(width);
  const scales = chartScales({
    history,
    levels,
    threshold,
    width: layout.plotWidth,
    height: layout.plotHeight,
  });

  if (readings.length === 0) {
    return (
      <p className={styles.noData}>
        No measurements in the last{' '}
        {Math.round((history.to - history.from) / 60)} minutes. The chart begins
        with the first scrape of the service.
      </p>
    );
  }
  const index =
    cursorAt === undefined ? undefined : nearestReading(readings, cursorAt);
  const cursor = index === undefined ? undefined : readings[index];

  return (
    <figure className={styles.figure}>
      <div className={styles.head}>
        <ChartLegend threshold={threshold} />
        <span className={styles.readout} aria-hidden="true">
          {cursor && readingInWords(cursor)}
        </span>
      </div>
      <div ref={parentRef} className={styles.canvas}>
        <ChartPlot
          history={history}
          levels={levels}
          events={shownEvents}
          scales={scales}
          layout={layout}
          cursor={cursor}
          summary={chartSummary(history, shownEvents)}
        />
        <ChartCursor
          readings={readings}
          index={index}
          onIndexChange={next =>
            setCursorAt(next === undefined ? undefined : readings[next].at)
          }
          scales={scales}
          layout={layout}
        />
      </div>
      <Button
        variant="secondary"
        size="small"
        className={styles.tableToggle}
        aria-expanded={isTableShown}
        aria-controls={isTableShown ? tableId : undefined}
        onPress={() => setTableShown(shown => !shown)}
      >
        {isTableShown ? 'Hide table' : 'Show as table'}
      </Button>
      {isTableShown && <ChartTable id={tableId} readings={readings} />}
    </figure>
  );
}
