import { levelsSentence } from './levelsSentence';

describe('levelsSentence', () => {
  it('names both levels', () => {
    expect(
      levelsSentence(
        {
          scaleOutAboveRequestsPerSecond: 330,
          scaleOutTo: 4,
          scaleInAtRequestsPerSecond: 200,
          scaleInTo: 2,
        },
        3,
      ),
    ).toBe(' The next replica comes at 331 requests/s, one goes at 200.');
  });

  it('counts where several come or go', () => {
    expect(
      levelsSentence(
        {
          scaleOutAboveRequestsPerSecond: 2200,
          scaleOutTo: 23,
          scaleInAtRequestsPerSecond: 1799.999,
          scaleInTo: 18,
        },
        20,
      ),
    ).toBe(' The next 3 replicas come at 2,201 requests/s, 2 go at 1,799.');
  });

  it('names one level where there is no other', () => {
    expect(
      levelsSentence({ scaleOutAboveRequestsPerSecond: 220, scaleOutTo: 3 }, 2),
    ).toBe(' The next replica comes at 221 requests/s.');
    expect(
      levelsSentence({ scaleInAtRequestsPerSecond: 899.999, scaleInTo: 9 }, 10),
    ).toBe(' One goes at 899 requests/s.');
    expect(
      levelsSentence(
        { scaleInAtRequestsPerSecond: 1799.999, scaleInTo: 18 },
        20,
      ),
    ).toBe(' 2 replicas go at 1,799 requests/s.');
  });

  it('says nothing without levels', () => {
    expect(levelsSentence({}, 2)).toBe('');
  });
});
