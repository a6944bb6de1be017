import { useMemo } from 'react';
import type { ChartReading } from '../../model/chartSeries';
import {
  formatClockWithSeconds,
  formatCount,
  formatRate,
} from '../../model/displayFormat';
import styles from './ScalingChart.module.css';

/** The chart's numbers as a table, newest first. */
export function ChartTable(props: { id: string; readings: ChartReading[] }) {
  const { id, readings } = props;
  const newestFirst = useMemo(() => [...readings].reverse(), [readings]);
  return (
    // Scrolls on its own, so it must take focus to be scrolled by keyboard.
    <div
      id={id}
      role="region"
      aria-label="Request rate and replicas as a table"
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className={styles.tableScroll}
    >
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Requests/s</th>
            <th scope="col">Replicas</th>
          </tr>
        </thead>
        <tbody>
          {newestFirst.map(reading => (
            <tr key={reading.at}>
              <th scope="row">{formatClockWithSeconds(reading.at)}</th>
              <td>
                {reading.requestsPerSecond === undefined
                  ? 'not known'
                  : formatRate(reading.requestsPerSecond)}
              </td>
              <td>
                {reading.replicas === undefined
                  ? 'not known'
                  : formatCount(reading.replicas)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
