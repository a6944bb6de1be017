import { Line } from '@visx/shape';
import {
  LabelSide,
  levelLabelPlace,
  PlotPoint,
} from '../../model/levelLabelPlace';
import styles from './ScalingChart.module.css';

// Measuring the text would need a second rendering; a little more than the
// average character of the 11 pixel font is near enough to keep clear of lines.
const CHARACTER_WIDTH = 5.6;

export interface LevelLineProps {
  /** Pixels from the plot's top; nothing is drawn without a level. */
  y: number | undefined;
  label: string | undefined;
  /** Sides of the line where the label may stand, the preferred one first. */
  sides: LabelSide[];
  plotWidth: number;
  plotHeight: number;
  /** The drawn series, which the label keeps clear of. */
  series: PlotPoint[][];
}

/** A level at which replicas come or go, with what happens there. */
export function LevelLine(props: LevelLineProps) {
  const { y, label = '', sides, plotWidth, plotHeight, series } = props;
  if (y === undefined) {
    return null;
  }
  const place = levelLabelPlace({
    y,
    sides,
    labelWidth: label.length * CHARACTER_WIDTH,
    plotWidth,
    plotHeight,
    series,
  });
  return (
    <g>
      <Line
        from={{ x: 0, y }}
        to={{ x: plotWidth, y }}
        className={styles.level}
      />
      <text x={place.x} y={place.y} className={styles.levelLabel}>
        {label}
      </text>
    </g>
  );
}
