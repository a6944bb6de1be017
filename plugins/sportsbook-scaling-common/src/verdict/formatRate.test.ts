import { formatRate, formatRateAbove, formatRateAtMost } from './formatRate';

describe('formatRate', () => {
  it.each([
    [0, '0'],
    [0.04, '0'],
    [2.25, '2.3'],
    [19.96, '20'],
    [249.86, '250'],
    [1240, '1,240'],
    [1234567.8, '1,234,568'],
  ])('writes %d as %s', (rate, text) => {
    expect(formatRate(rate)).toBe(text);
  });
});

describe('formatRateAbove', () => {
  it.each([
    [330, '331'],
    [330.5, '331'],
    [2.2, '2.3'],
    [1990, '1,991'],
  ])('gives the first rate to show above %d as %s', (rate, text) => {
    expect(formatRateAbove(rate)).toBe(text);
  });
});

describe('formatRateAtMost', () => {
  it.each([
    [200, '200'],
    [899.999, '899'],
    [1.799, '1.7'],
    [8.2, '8.2'],
  ])('gives the last rate to show up to %d as %s', (rate, text) => {
    expect(formatRateAtMost(rate)).toBe(text);
  });
});
