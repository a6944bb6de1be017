import { metricValue } from './metricValue';

describe('metricValue', () => {
  it.each([
    [0.0625, 62, '62m'],
    [0.1875, 188, '188m'],
    [0.0635, 64, '64m'],
    [107.528, 107_528, '107.528'],
    [4.35, 4350, '4.350'],
    [2000, 2_000_000, '2k'],
    [-1, 0, '0'],
    [Number.NaN, 0, '0'],
  ])('hands %d on as %d thousandths, written %s', (value, milli, text) => {
    expect(metricValue('rate', value)).toEqual({
      metricName: 'rate',
      milli,
      text,
    });
  });
});
