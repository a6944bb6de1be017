import fc from 'fast-check';
import { fromMilli, toMilli } from './milli';

/** The double as the fraction that it is, numerator over a power of 2. */
function exactFraction(value: number): { numerator: bigint; bits: bigint } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const raw = view.getBigUint64(0);
  const biased = (raw / 2n ** 52n) % 2n ** 11n;
  const fraction = raw % 2n ** 52n;
  const mantissa = biased === 0n ? fraction : fraction + 2n ** 52n;
  const exponent = (biased === 0n ? 1n : biased) - 1075n;
  return exponent >= 0n
    ? { numerator: mantissa * 2n ** exponent, bits: 0n }
    : { numerator: mantissa, bits: -exponent };
}

/** A thousand times the value, rounded half to even in whole numbers. */
function roundedMilli(value: number): bigint {
  const { numerator, bits } = exactFraction(value);
  const divisor = 2n ** bits;
  const whole = (numerator * 1000n) / divisor;
  const twiceRest = 2n * ((numerator * 1000n) % divisor);
  const isUp =
    twiceRest > divisor || (twiceRest === divisor && whole % 2n === 1n);
  return isUp ? whole + 1n : whole;
}

describe('toMilli', () => {
  it.each([
    [0.0625, 62],
    [0.1875, 188],
    [0.3125, 312],
    [2.0625, 2062],
    [120.9375, 120_938],
    // Nearest doubles of what looks halfway: each lies on one side.
    [0.0635, 64],
    [0.0005, 1],
    [1.0005, 1000],
    [1.0015, 1002],
    [0.0015, 2],
    [107.528, 107_528],
    [249.946, 249_946],
    [1e15 + 0.125, 1e18 + 125],
    [1e22, 1e25],
  ])('rounds %d as printing three decimals in Go does', (rate, milli) => {
    expect(toMilli(rate)).toBe(milli);
  });

  it.each([0, -0, -1, -0.0625, NaN, Infinity, -Infinity])(
    'counts %d as 0',
    rate => {
      expect(toMilli(rate)).toBe(0);
    },
  );

  it('rounds every double below the largest rate exactly', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e30, noNaN: true }), rate => {
        expect(toMilli(rate)).toBe(Number(roundedMilli(rate)));
      }),
    );
  });

  it('rounds what is near to halfway exactly', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 40 }),
        fc.constantFrom(0, 1, -1),
        (halfThousandths, ulps) => {
          const near = halfThousandths / 2000;
          const rate = near + ulps * Number.EPSILON * near;
          expect(toMilli(rate)).toBe(Number(roundedMilli(rate)));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('rounds sixteenths, of which every odd one is halfway, to the even thousandth', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 48 }), half => {
        const rate = (2 * half + 1) / 16;
        const rounded = roundedMilli(rate);
        expect(rounded % 2n).toBe(0n);
        expect(toMilli(rate)).toBe(Number(rounded));
      }),
    );
  });

  it('is halfway at no other double', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 44 }),
        fc.integer({ min: 0, max: 60 }),
        (numerator, power) => {
          const rate = numerator / 2 ** power;
          const { numerator: exact, bits } = exactFraction(rate);
          const isHalfway = 2n * ((exact * 1000n) % 2n ** bits) === 2n ** bits;
          expect(isHalfway && bits > 0n).toBe((rate * 16) % 2 === 1);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('gives back the thousandths that it is given', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 50 }), milli => {
        expect(toMilli(fromMilli(milli))).toBe(milli);
      }),
    );
  });
});
