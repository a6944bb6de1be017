import { formatPlain, formatSampleValue, formatShort } from './formatNumber';

describe('numbers as Prometheus writes them', () => {
  it.each([
    [0, '0'],
    [-0, '-0'],
    [1.5, '1.5'],
    [1e20, '100000000000000000000'],
    [1e21, '1e+21'],
    [1e-6, '0.000001'],
    [1e-7, '1e-07'],
    [1.25e-300, '1.25e-300'],
    [NaN, 'NaN'],
    [Infinity, '+Inf'],
    [-Infinity, '-Inf'],
  ])('writes the sample %d as %s', (value, text) => {
    expect(formatSampleValue(value)).toBe(text);
  });

  it.each([
    [1e21, '1000000000000000000000'],
    [-1.5e22, '-15000000000000000000000'],
    [1.25e-7, '0.000000125'],
    [42.5, '42.5'],
  ])('writes the label value %d as %s', (value, text) => {
    expect(formatPlain(value)).toBe(text);
  });

  it.each([
    [1.2, '1.2'],
    [1e6, '1e+06'],
    [0.00001, '1e-05'],
    [-0.1, '-0.1'],
    [NaN, 'NaN'],
  ])('writes %d in a message as %s', (value, text) => {
    expect(formatShort(value)).toBe(text);
  });
});
