import { goDuration } from './goDuration';
import { RestartBackoff } from './RestartBackoff';

describe('RestartBackoff', () => {
  it('starts at once, then after 10 s, doubling to 5 min', () => {
    const backoff = new RestartBackoff();
    expect(
      Array.from({ length: 8 }, () => goDuration(backoff.next(1_000))),
    ).toEqual(['0s', '10s', '20s', '40s', '1m20s', '2m40s', '5m0s', '5m0s']);
  });

  it('begins anew after a run of 10 min', () => {
    const backoff = new RestartBackoff();
    backoff.next(0);
    backoff.next(0);
    expect(backoff.next(599_999)).toBe(20_000);
    expect(backoff.next(600_000)).toBe(0);
    expect(backoff.next(0)).toBe(10_000);
  });
});

describe('goDuration', () => {
  it('names hours', () => {
    expect(goDuration(3_723_000)).toBe('1h2m3s');
  });
});
