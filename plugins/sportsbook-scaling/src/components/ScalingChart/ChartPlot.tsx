import type {
  ReplicaLevels,
  ReplicaPoint,
  RatePoint,
  ScalingEvent,
  ScalingHistory,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { AxisBottom, AxisLeft, AxisRight } from '@visx/axis';
import { curveLinear, curveStepAfter } from '@visx/curve';
import { Group } from '@visx/group';
import { AreaClosed, Line, LinePath } from '@visx/shape';
import { ChartReading, splitAtGaps } from '../../model/chartSeries';
import type { ChartScales } from '../../model/chartScales';
import {
  formatClock,
  formatCount,
  formatRateTick,
} from '../../model/displayFormat';
import { ROOM_FOR_TWO_LABELS } from '../../model/levelLabelPlace';
import { levelLabels } from '../../model/levelsInWords';
import { EventMarkers } from './EventMarkers';
import type { ChartLayout } from './chartLayout';
import { LevelLine } from './LevelLine';
import styles from './ScalingChart.module.css';

export interface ChartPlotProps {
  history: ScalingHistory;
  levels: ReplicaLevels;
  /** Events within the history's time. */
  events: ScalingEvent[];
  scales: ChartScales;
  layout: ChartLayout;
  /** The moment that is being read. */
  cursor?: ChartReading;
  /** Text that stands for the picture. */
  summary: string;
}

/** The picture: rate as an area, replicas as steps, the two levels, the events. */
export function ChartPlot(props: ChartPlotProps) {
  const { history, levels, events, scales, layout, cursor, summary } = props;
  const { margin, plotWidth, plotHeight } = layout;
  const labels = levelLabels(levels);
  const x = (point: { at: number }) => scales.time(point.at * 1000);
  const rateY = (point: RatePoint) => scales.rate(point.requestsPerSecond);
  const replicaY = (point: ReplicaPoint) => scales.replicas(point.replicas);
  const levelY = (requestsPerSecond: number | undefined) =>
    requestsPerSecond === undefined
      ? undefined
      : scales.rate(requestsPerSecond);
  const scaleOutY = levelY(levels.scaleOutAboveRequestsPerSecond);
  const scaleInY = levelY(levels.scaleInAtRequestsPerSecond);
  const isRoomBetween =
    scaleOutY === undefined ||
    (scaleInY ?? 0) - scaleOutY > ROOM_FOR_TWO_LABELS;
  const series = [
    history.requestsPerSecond.map(point => ({ x: x(point), y: rateY(point) })),
    history.replicas.map(point => ({ x: x(point), y: replicaY(point) })),
  ];
  return (
    <svg
      role="img"
      aria-label={summary}
      width={layout.width}
      height={layout.height}
      className={styles.svg}
    >
      <Group left={margin.left} top={margin.top}>
        {scales.rate.ticks(4).map(tick => (
          <Line
            key={tick}
            from={{ x: 0, y: scales.rate(tick) }}
            to={{ x: plotWidth, y: scales.rate(tick) }}
            className={styles.grid}
          />
        ))}
        {splitAtGaps(history.requestsPerSecond, history.stepSeconds).map(
          segment => (
            <g key={segment[0].at} data-series="rate">
              <AreaClosed
                data={segment}
                x={x}
                y={rateY}
                yScale={scales.rate}
                curve={curveLinear}
                className={styles.rateArea}
              />
              <LinePath
                data={segment}
                x={x}
                y={rateY}
                curve={curveLinear}
                className={styles.rateLine}
              />
            </g>
          ),
        )}
        {splitAtGaps(history.replicas, history.stepSeconds).map(segment => (
          <g key={segment[0].at} data-series="replicas">
            <LinePath
              data={segment}
              x={x}
              y={replicaY}
              curve={curveStepAfter}
              className={styles.replicaLine}
            />
          </g>
        ))}
        <LevelLine
          y={scaleOutY}
          label={labels.scaleOut}
          sides={['above']}
          plotWidth={plotWidth}
          plotHeight={plotHeight}
          series={series}
        />
        <LevelLine
          y={scaleInY}
          label={labels.scaleIn}
          sides={isRoomBetween ? ['below', 'above'] : ['below']}
          plotWidth={plotWidth}
          plotHeight={plotHeight}
          series={series}
        />
        <EventMarkers
          events={events}
          x={x}
          plotHeight={plotHeight}
          trackHeight={layout.trackHeight}
        />
        {cursor && (
          <g aria-hidden="true">
            <Line
              from={{ x: x(cursor), y: 0 }}
              to={{ x: x(cursor), y: plotHeight }}
              className={styles.cursor}
            />
            {cursor.requestsPerSecond !== undefined && (
              <circle
                cx={x(cursor)}
                cy={scales.rate(cursor.requestsPerSecond)}
                r={4}
                className={styles.rateDot}
              />
            )}
            {cursor.replicas !== undefined && (
              <circle
                cx={x(cursor)}
                cy={scales.replicas(cursor.replicas)}
                r={4}
                className={styles.replicaDot}
              />
            )}
          </g>
        )}
        <AxisLeft
          scale={scales.rate}
          numTicks={4}
          tickFormat={value => formatRateTick(value.valueOf())}
          hideTicks
          axisLineClassName={styles.axisLine}
          tickLabelProps={tickLabel('end')}
        />
        <AxisRight
          left={plotWidth}
          scale={scales.replicas}
          tickValues={scales.replicaTicks}
          tickFormat={value => formatCount(value.valueOf())}
          tickLength={4}
          axisLineClassName={styles.axisLine}
          tickLineProps={{ className: styles.axisLine }}
          tickLabelProps={tickLabel('start')}
        />
        <AxisBottom
          top={plotHeight + layout.trackHeight}
          scale={scales.time}
          numTicks={plotWidth < 360 ? 3 : 6}
          tickFormat={value => formatClock(value.valueOf() / 1000)}
          tickLength={4}
          axisLineClassName={styles.axisLine}
          tickLineProps={{ className: styles.axisLine }}
          tickLabelProps={tickLabel('middle')}
        />
      </Group>
    </svg>
  );
}

function tickLabel(textAnchor: 'start' | 'middle' | 'end') {
  return {
    className: styles.tick,
    textAnchor,
    // The axes' own fill and font would win over the class's.
    fill: undefined,
    fontSize: undefined,
    fontFamily: undefined,
    ...(textAnchor === 'middle' ? {} : { dy: '0.33em' }),
  };
}
