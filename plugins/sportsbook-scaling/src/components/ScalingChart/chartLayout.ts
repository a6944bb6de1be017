/** Where things are in the chart, all in pixels. */
export interface ChartLayout {
  width: number;
  height: number;
  margin: { top: number; right: number; bottom: number; left: number };
  /** The plot without axes and event track. */
  plotWidth: number;
  plotHeight: number;
  /** The strip of event markers between plot and time axis. */
  trackHeight: number;
}

/** @param width - of the whole chart; below 120 it is laid out as if it were 120 */
export function chartLayout(width: number): ChartLayout {
  const margin = { top: 12, right: 30, bottom: 24, left: 46 };
  const usableWidth = Math.max(120, Math.floor(width));
  const plotHeight = usableWidth < 420 ? 150 : 190;
  const trackHeight = 24;
  return {
    width: usableWidth,
    height: margin.top + plotHeight + trackHeight + margin.bottom,
    margin,
    plotWidth: usableWidth - margin.left - margin.right,
    plotHeight,
    trackHeight,
  };
}
