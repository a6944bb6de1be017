import fc from 'fast-check';
import { parseQuantity } from './parseQuantity';

describe('parseQuantity', () => {
  it.each([
    ['100', 100],
    ['0', 0],
    ['107528m', 107.528],
    ['124973m', 124.973],
    ['9k', 9000],
    ['1Gi', 1073741824],
    ['1.5Gi', 1610612736],
    ['500u', 0.0005],
    ['5n', 5e-9],
    ['2M', 2_000_000],
    ['-250m', -0.25],
    ['+3', 3],
    ['.5', 0.5],
    ['5.', 5],
    ['1e3', 1000],
    ['12E-1', 1.2],
    ['2E', 2e18],
  ])('reads %s as %d', (text, value) => {
    expect(parseQuantity(text)).toBe(value);
  });

  it.each([
    '',
    ' 1',
    '1 ',
    '1 k',
    'abc',
    '1K',
    '1mi',
    '1kk',
    'm',
    '1e',
    '1e3m',
    '0x10',
    'NaN',
    'Infinity',
    '--1',
    '1,5',
    '١',
  ])("refuses '%s'", text => {
    expect(() => parseQuantity(text)).toThrow(
      `'${text}' is not a Kubernetes quantity such as 100, 107528m, 9k or 1Gi`,
    );
  });

  it('reads every whole number of thousandths exactly', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e12 }),
        milli => parseQuantity(`${milli}m`) === milli / 1000,
      ),
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e9 }),
        whole => parseQuantity(`${whole}000m`) === whole,
      ),
    );
  });
});
