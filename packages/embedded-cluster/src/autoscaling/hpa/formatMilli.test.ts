import { formatMilli } from './formatMilli';

describe('formatMilli', () => {
  it.each([
    [0, '0'],
    [1, '1m'],
    [1500, '1500m'],
    [107_528, '107528m'],
    [100_000, '100'],
    [2_000_000, '2k'],
    [2_001_000, '2001'],
    [3_000_000_000, '3M'],
  ])('prints %d thousandths as %s', (milli, text) => {
    expect(formatMilli(milli)).toBe(text);
  });
});
