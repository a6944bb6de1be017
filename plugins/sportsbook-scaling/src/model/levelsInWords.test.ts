import { levelLabels, levelsInWords } from './levelsInWords';

const levels = {
  scaleOutAboveRequestsPerSecond: 330,
  scaleOutTo: 4,
  scaleInAtRequestsPerSecond: 200,
  scaleInTo: 2,
};

describe('levelsInWords', () => {
  it('names both levels and the tolerance behind them', () => {
    expect(levelsInWords(levels, { up: 0.1, down: 0.1 })).toBe(
      'Above 330 requests/s the autoscaler goes to 4 replicas. At 200 requests/s or below it goes to 2 replicas. It tolerates 10\u00a0% around the threshold.',
    );
  });

  it('names each direction where the tolerances differ', () => {
    expect(levelsInWords(levels, { up: 0, down: 0.05 })).toContain(
      'It tolerates 0\u00a0% above and 5\u00a0% below the threshold.',
    );
    expect(levelsInWords(levels, { up: 0, down: 0 })).toContain(
      'It tolerates no deviation from the threshold.',
    );
  });

  it('names the one level that there is at the maximum', () => {
    expect(
      levelsInWords(
        { scaleInAtRequestsPerSecond: 900, scaleInTo: 9 },
        undefined,
      ),
    ).toBe('At 900 requests/s or below the autoscaler goes to 9 replicas.');
  });

  it('says nothing where no level is known', () => {
    expect(levelsInWords({}, { up: 0.1, down: 0.1 })).toBe('');
  });

  it('does without the replica counts where they are not known', () => {
    expect(
      levelLabels({
        scaleOutAboveRequestsPerSecond: 330,
        scaleInAtRequestsPerSecond: 200,
      }),
    ).toEqual({
      scaleOut: 'one more above 330/s',
      scaleIn: 'one less at 200/s',
    });
  });
});
