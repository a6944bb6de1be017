import { linearRegression } from './linearRegression';
import { extrapolatedChange, lastChange } from './rates';
import { meanOf, quantileOf, sumOf, varianceOf } from './sums';
import type { RangeVector, SeriesWindow } from './values';

export interface RangeFunctionContext {
  range: RangeVector;
  /** When the expression is evaluated, whatever the selector's offset. */
  timeMilliseconds: number;
  /** The scalar argument, of functions that have one. */
  parameter: number;
}

/**
 * What a function makes of one series' samples.
 *
 * @returns undefined where the series gives no result
 */
export type RangeFunction = (
  window: SeriesWindow,
  context: RangeFunctionContext,
) => number | undefined;

function overValues(of: (values: Float64Array) => number): RangeFunction {
  return ({ values }) => of(values);
}

function extreme(isBetter: (value: number, best: number) => boolean) {
  return overValues(values =>
    values.reduce((best, value) =>
      isBetter(value, best) || Number.isNaN(best) ? value : best,
    ),
  );
}

function countPairs(
  counts: (value: number, before: number) => boolean,
): RangeFunction {
  return overValues(values =>
    values.reduce(
      (sum, value, index) =>
        index > 0 && counts(value, values[index - 1]) ? sum + 1 : sum,
      0,
    ),
  );
}

/** Functions of one range vector, by their PromQL names. All of them are asked only about series that have samples. */
export const RANGE_FUNCTIONS: ReadonlyMap<string, RangeFunction> = new Map<
  string,
  RangeFunction
>([
  [
    'rate',
    (window, { range }) =>
      extrapolatedChange(window, range, { isCounter: true, isPerSecond: true }),
  ],
  [
    'increase',
    (window, { range }) =>
      extrapolatedChange(window, range, {
        isCounter: true,
        isPerSecond: false,
      }),
  ],
  [
    'delta',
    (window, { range }) =>
      extrapolatedChange(window, range, {
        isCounter: false,
        isPerSecond: false,
      }),
  ],
  [
    'irate',
    window => lastChange(window, { isCounter: true, isPerSecond: true }),
  ],
  [
    'idelta',
    window => lastChange(window, { isCounter: false, isPerSecond: false }),
  ],
  [
    'deriv',
    window =>
      window.times.length < 2
        ? undefined
        : linearRegression(window, window.times[0]).slope,
  ],
  [
    'predict_linear',
    (window, { timeMilliseconds, parameter }) => {
      if (window.times.length < 2) {
        return undefined;
      }
      const { slope, intercept } = linearRegression(window, timeMilliseconds);
      return slope * parameter + intercept;
    },
  ],
  ['resets', countPairs((value, before) => value < before)],
  [
    'changes',
    countPairs(
      (value, before) =>
        value !== before && !(Number.isNaN(value) && Number.isNaN(before)),
    ),
  ],
  ['sum_over_time', overValues(sumOf)],
  ['avg_over_time', overValues(meanOf)],
  ['min_over_time', extreme((value, best) => value < best)],
  ['max_over_time', extreme((value, best) => value > best)],
  ['count_over_time', overValues(values => values.length)],
  ['last_over_time', overValues(values => values[values.length - 1])],
  ['present_over_time', () => 1],
  ['stdvar_over_time', overValues(varianceOf)],
  ['stddev_over_time', overValues(values => Math.sqrt(varianceOf(values)))],
  [
    'quantile_over_time',
    ({ values }, { parameter }) => quantileOf(parameter, values),
  ],
]);
