import { refreshDelayMilliseconds } from './refreshDelay';

describe('refreshDelayMilliseconds', () => {
  it('is 5 s as long as it works, and after the first failure', () => {
    expect(
      [0, 1].map(failuresInARow =>
        refreshDelayMilliseconds({ failuresInARow, forbidden: false }),
      ),
    ).toEqual([5_000, 5_000]);
  });

  it('doubles with each further failure up to a minute', () => {
    expect(
      [2, 3, 4, 5, 50].map(failuresInARow =>
        refreshDelayMilliseconds({ failuresInARow, forbidden: false }),
      ),
    ).toEqual([10_000, 20_000, 40_000, 60_000, 60_000]);
  });

  it('is a minute after a refusal', () => {
    expect(
      refreshDelayMilliseconds({ failuresInARow: 1, forbidden: true }),
    ).toBe(60_000);
  });
});
