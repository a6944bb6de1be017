import type { ScalingHistory } from '@sportsbook/plugin-sportsbook-scaling-common';
import { chartReadings, nearestReading, splitAtGaps } from './chartSeries';

const at = (...times: number[]) => times.map(time => ({ at: time }));

describe('splitAtGaps', () => {
  it('keeps a series without gaps in one piece', () => {
    expect(splitAtGaps(at(0, 15, 30), 15)).toEqual([at(0, 15, 30)]);
  });

  it('cuts where a point is missing', () => {
    expect(splitAtGaps(at(0, 15, 45, 60), 15)).toEqual([at(0, 15), at(45, 60)]);
  });

  it('does not cut where a point is a little late', () => {
    expect(splitAtGaps(at(0, 15, 34), 15)).toHaveLength(1);
  });

  it('has no pieces of nothing', () => {
    expect(splitAtGaps([], 15)).toEqual([]);
  });
});

describe('chartReadings', () => {
  const history: ScalingHistory = {
    from: 0,
    to: 30,
    stepSeconds: 15,
    requestsPerSecond: [
      { at: 0, requestsPerSecond: 10 },
      { at: 30, requestsPerSecond: 30 },
    ],
    replicas: [
      { at: 0, replicas: 2 },
      { at: 15, replicas: 2 },
    ],
  };

  it('joins both series by time and leaves gaps open', () => {
    expect(chartReadings(history)).toEqual([
      { at: 0, requestsPerSecond: 10, replicas: 2 },
      { at: 15, replicas: 2 },
      { at: 30, requestsPerSecond: 30 },
    ]);
  });

  it('finds the reading nearest to a time', () => {
    const readings = chartReadings(history);
    expect([-5, 7, 8, 999].map(time => nearestReading(readings, time))).toEqual(
      [0, 0, 1, 2],
    );
    expect(nearestReading([], 5)).toBeUndefined();
  });
});
