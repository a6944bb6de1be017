import type { ScalingHistory } from '@sportsbook/plugin-sportsbook-scaling-common';
import { chartScales, replicaTicks } from './chartScales';

const history: ScalingHistory = {
  from: 1000,
  to: 2800,
  stepSeconds: 15,
  requestsPerSecond: [{ at: 1000, requestsPerSecond: 250 }],
  replicas: [{ at: 1000, replicas: 3 }],
};
const size = { width: 600, height: 200 };

describe('chartScales', () => {
  it('spreads the window over the whole width, even where points are missing', () => {
    const { time } = chartScales({ history, levels: {}, ...size });
    expect([time(1_000_000), time(1_900_000), time(2_800_000)]).toEqual([
      0, 300, 600,
    ]);
  });

  it('puts n replicas at the height of n times the threshold', () => {
    const { rate, replicas } = chartScales({
      history,
      levels: {},
      threshold: 100,
      ...size,
    });
    expect(replicas(3)).toBeCloseTo(rate(300));
    expect(replicas(1)).toBeCloseTo(rate(100));
  });

  it('leaves room for the level where the next replica comes', () => {
    const { rate } = chartScales({
      history,
      levels: { scaleOutAboveRequestsPerSecond: 900 },
      threshold: 100,
      ...size,
    });
    expect(rate(900)).toBeGreaterThan(0);
  });

  it('draws an idle service at the bottom instead of filling the plot with noise', () => {
    const { rate } = chartScales({
      history: {
        ...history,
        requestsPerSecond: [{ at: 1000, requestsPerSecond: 0.01 }],
      },
      levels: {},
      ...size,
    });
    expect(rate(0.01)).toBeGreaterThan(195);
  });
});

describe('replicaTicks', () => {
  it.each([
    [3.4, [0, 1, 2, 3]],
    [11.2, [0, 2, 4, 6, 8, 10]],
    [160, [0, 50, 100, 150]],
  ])('up to %d are whole numbers, few enough to read', (top, ticks) => {
    expect(replicaTicks(top)).toEqual(ticks);
  });
});
