import {
  formatAge,
  formatClock,
  formatMoment,
  formatPercent,
  formatRate,
  formatRateTick,
} from './displayFormat';

describe('formatRate', () => {
  it.each([
    [0, '0'],
    [0.0004, '< 0.01'],
    [0.25, '0.25'],
    [9.334, '9.3'],
    [9.96, '10'],
    [83.334, '83'],
    [1240.4, '1,240'],
  ])('writes %d requests per second as %s', (rate, text) => {
    expect(formatRate(rate)).toBe(text);
  });
});

describe('formatRateTick', () => {
  it('shortens numbers that have no room beside an axis', () => {
    expect([1500, 400_000].map(formatRateTick)).toEqual(['1,500', '400K']);
  });
});

describe('formatPercent', () => {
  it('keeps number and sign on one line', () => {
    expect(formatPercent(0.1)).toBe('10\u00a0%');
    expect(formatPercent(0.025)).toBe('2.5\u00a0%');
  });
});

describe('times', () => {
  const at = Date.UTC(2026, 10, 24, 21, 4) / 1000;

  it('are clock times of 24 hours', () => {
    expect(formatClock(at)).toBe('21:04');
    expect(formatClock(at + 3 * 3600)).toBe('00:04');
  });

  it('carry their day once it is not today any more', () => {
    expect(formatMoment(at, at + 3600)).toBe('21:04');
    expect(formatMoment(at, at + 4 * 3600)).toMatch(/Nov 24.*21:04/);
    expect(formatMoment(at - 20 * 3600, at)).toBe('01:04');
  });

  it.each([
    [0.4, 'now'],
    [4.9, '4 s ago'],
    [185, '3 min ago'],
    [7300, '2 h ago'],
    [3 * 86400, '3 days ago'],
  ])('say that %d seconds are %s', (age, text) => {
    expect(formatAge(age)).toBe(text);
  });
});
