/** A point in the plot, in pixels from its top left corner. */
export interface PlotPoint {
  x: number;
  y: number;
}

/** The side of a level's line that its label stands on. */
export type LabelSide = 'above' | 'below';

export interface LevelLabelInput {
  /** Height of the level's line in the plot. */
  y: number;
  /** Sides where the label may stand, the preferred one first. */
  sides: LabelSide[];
  labelWidth: number;
  plotWidth: number;
  plotHeight: number;
  /** The drawn series, each in order of x. */
  series: PlotPoint[][];
}

/** All in pixels. */
const EDGE = 6;
const STRIDE = 12;
const CLEARANCE = 2;
const ASCENT = 9;
const DESCENT = 3;

/** Room between two lines for a label of each, in pixels. */
export const ROOM_FOR_TWO_LABELS = 40;

/**
 * Where a level's label begins, and its baseline, in pixels: wherever it hides
 * the least of the series, on the preferred side and to the left if it may.
 */
export function levelLabelPlace(input: LevelLabelInput): PlotPoint {
  const { y, sides, labelWidth, plotWidth, plotHeight } = input;
  const baselines = sides
    .map(side => (side === 'above' ? y - 5 : y + 13))
    .filter(baseline => baseline > ASCENT && baseline + DESCENT < plotHeight);
  const last = Math.max(EDGE, plotWidth - labelWidth - EDGE);
  let best = { x: EDGE, y: baselines[0] ?? y - 5, hidden: Infinity };
  for (const baseline of baselines) {
    for (let x = EDGE; x <= last; x += STRIDE) {
      const hidden = hiddenSteps(input, { x, y: baseline });
      if (hidden < best.hidden) {
        best = { x, y: baseline, hidden };
      }
    }
  }
  return { x: best.x, y: best.y };
}

/** How many steps of the series pass through the label. */
function hiddenSteps(input: LevelLabelInput, label: PlotPoint): number {
  const left = label.x - CLEARANCE;
  const right = label.x + input.labelWidth + CLEARANCE;
  const top = label.y - ASCENT - CLEARANCE;
  const bottom = label.y + DESCENT + CLEARANCE;
  return input.series
    .map(
      points =>
        points.filter((point, index) => {
          const previousY = points[index - 1]?.y ?? point.y;
          return (
            point.x >= left &&
            point.x <= right &&
            Math.max(previousY, point.y) >= top &&
            Math.min(previousY, point.y) <= bottom
          );
        }).length,
    )
    .reduce((sum, count) => sum + count, 0);
}
