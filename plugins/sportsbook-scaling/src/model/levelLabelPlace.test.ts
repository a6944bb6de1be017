import { LabelSide, levelLabelPlace, PlotPoint } from './levelLabelPlace';

const BELOW: LabelSide[] = ['below'];
const PLOT = {
  y: 50,
  sides: BELOW,
  labelWidth: 100,
  plotWidth: 400,
  plotHeight: 190,
};

/** A point each 10 pixels. */
function line(yAt: (x: number) => number): PlotPoint[] {
  return Array.from({ length: 41 }, (_, index) => ({
    x: index * 10,
    y: yAt(index * 10),
  }));
}

describe('levelLabelPlace', () => {
  it('is at the left where nothing is in the way', () => {
    const series = [line(() => 120)];
    expect(levelLabelPlace({ ...PLOT, series })).toEqual({ x: 6, y: 63 });
  });

  it('moves to the right of what runs through the left', () => {
    const series = [line(x => (x < 200 ? 60 : 120))];
    const { x } = levelLabelPlace({ ...PLOT, series });
    expect(x).toBeGreaterThan(200);
    expect(x + PLOT.labelWidth).toBeLessThan(PLOT.plotWidth);
  });

  it('keeps clear of a step that only passes through', () => {
    const series = [line(x => (x < 50 ? 120 : 10))];
    expect(levelLabelPlace({ ...PLOT, series }).x).toBeGreaterThan(50);
  });

  it('changes to the other side of its line, if it may, before it hides anything', () => {
    const series = [line(() => 60)];
    expect(
      levelLabelPlace({ ...PLOT, sides: ['below', 'above'], series }),
    ).toEqual({ x: 6, y: 45 });
    expect(levelLabelPlace({ ...PLOT, series })).toEqual({ x: 6, y: 63 });
  });

  it('stands above a line at the foot of the plot', () => {
    const series = [line(() => 60)];
    expect(levelLabelPlace({ ...PLOT, y: 185, series }).y).toBe(180);
  });

  it('begins at the left in a plot that is hardly wider than the label', () => {
    const series = [line(() => 60)];
    expect(levelLabelPlace({ ...PLOT, plotWidth: 110, series }).x).toBe(6);
  });
});
