import type { ValueType } from './expression';

export interface FunctionSignature {
  arguments: readonly ValueType[];
  /** How many of the last arguments may be left out. Default 0. */
  optional?: number;
  /** True where the last argument may come any number of times, or never. */
  variadic?: boolean;
  returns: ValueType;
}

const ofVector: FunctionSignature = {
  arguments: ['vector'],
  returns: 'vector',
};
const ofMatrix: FunctionSignature = {
  arguments: ['matrix'],
  returns: 'vector',
};
const ofTime: FunctionSignature = {
  arguments: ['vector'],
  optional: 1,
  returns: 'vector',
};
const returning = (
  returns: ValueType,
  ...types: ValueType[]
): FunctionSignature => ({ arguments: types, returns });

/** PromQL's functions, those that stay behind a feature flag apart. */
export const FUNCTION_SIGNATURES: ReadonlyMap<string, FunctionSignature> =
  new Map<string, FunctionSignature>([
    ...[
      'abs',
      'absent',
      'acos',
      'acosh',
      'asin',
      'asinh',
      'atan',
      'atanh',
      'ceil',
      'cos',
      'cosh',
      'deg',
      'exp',
      'floor',
      'histogram_avg',
      'histogram_count',
      'histogram_stddev',
      'histogram_stdvar',
      'histogram_sum',
      'ln',
      'log10',
      'log2',
      'rad',
      'sgn',
      'sin',
      'sinh',
      'sort',
      'sort_desc',
      'sqrt',
      'tan',
      'tanh',
      'timestamp',
    ].map(name => [name, ofVector] as const),
    ...[
      'absent_over_time',
      'avg_over_time',
      'changes',
      'count_over_time',
      'delta',
      'deriv',
      'idelta',
      'increase',
      'irate',
      'last_over_time',
      'max_over_time',
      'min_over_time',
      'present_over_time',
      'rate',
      'resets',
      'stddev_over_time',
      'stdvar_over_time',
      'sum_over_time',
    ].map(name => [name, ofMatrix] as const),
    ...[
      'day_of_month',
      'day_of_week',
      'day_of_year',
      'days_in_month',
      'hour',
      'minute',
      'month',
      'year',
    ].map(name => [name, ofTime] as const),
    ['clamp', returning('vector', 'vector', 'scalar', 'scalar')],
    ['clamp_max', returning('vector', 'vector', 'scalar')],
    ['clamp_min', returning('vector', 'vector', 'scalar')],
    ['histogram_fraction', returning('vector', 'scalar', 'scalar', 'vector')],
    ['histogram_quantile', returning('vector', 'scalar', 'vector')],
    [
      'label_join',
      {
        arguments: ['vector', 'string', 'string', 'string'],
        variadic: true,
        returns: 'vector',
      },
    ],
    [
      'label_replace',
      returning('vector', 'vector', 'string', 'string', 'string', 'string'),
    ],
    ['pi', returning('scalar')],
    ['predict_linear', returning('vector', 'matrix', 'scalar')],
    ['quantile_over_time', returning('vector', 'scalar', 'matrix')],
    [
      'round',
      { arguments: ['vector', 'scalar'], optional: 1, returns: 'vector' },
    ],
    ['scalar', returning('scalar', 'vector')],
    ['time', returning('scalar')],
    ['vector', returning('vector', 'scalar')],
  ]);

/** Functions that a real Prometheus has only with a feature flag, and this one not at all. */
export const EXPERIMENTAL_FUNCTIONS: ReadonlySet<string> = new Set([
  'double_exponential_smoothing',
  'end',
  'first_over_time',
  'histogram_quantiles',
  'info',
  'mad_over_time',
  'max_of',
  'min_of',
  'range',
  'sort_by_label',
  'sort_by_label_desc',
  'start',
  'start_timestamp',
  'step',
  'ts_of_first_over_time',
  'ts_of_last_over_time',
  'ts_of_max_over_time',
  'ts_of_min_over_time',
]);
/** Likewise of aggregations. */
export const EXPERIMENTAL_AGGREGATIONS: ReadonlySet<string> = new Set([
  'limitk',
  'limit_ratio',
]);
/** Of native histograms, which a real Prometheus stores only where it is told to scrape them. */
export const NATIVE_HISTOGRAM_FUNCTIONS: ReadonlySet<string> = new Set([
  'histogram_avg',
  'histogram_count',
  'histogram_stddev',
  'histogram_stdvar',
  'histogram_sum',
]);
/** Aggregations whose first argument is a parameter, with its type. */
export const AGGREGATION_PARAMETERS: ReadonlyMap<string, ValueType> = new Map<
  string,
  ValueType
>([
  ['topk', 'scalar'],
  ['bottomk', 'scalar'],
  ['quantile', 'scalar'],
  ['count_values', 'string'],
]);
