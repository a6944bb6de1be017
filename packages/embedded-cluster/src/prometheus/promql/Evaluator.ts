import {
  labelsKey,
  labelsOf,
  METRIC_NAME,
  NO_LABELS,
  withoutName,
  type Labels,
} from '../storage/labels';
import { aggregate, byValue, countValues, GroupingMemory } from './aggregate';
import { operate } from './binaryOperators';
import { isComparison, isSetOperator, typeOf } from './checkTypes';
import {
  withoutParentheses,
  type Aggregation,
  type BinaryExpression,
  type Expression,
  type FunctionCall,
  type MatrixSelector,
  type Span,
  type Subquery,
} from './expression';
import { formatShort } from './formatNumber';
import { NATIVE_HISTOGRAM_FUNCTIONS } from './functionSignatures';
import { bucketFraction, bucketQuantile, histogramsOf } from './histograms';
import { DATE_FUNCTIONS, VALUE_FUNCTIONS } from './instantFunctions';
import { labelJoin, labelReplace } from './labelFunctions';
import {
  combineSets,
  MatchMemory,
  operateVectors,
  operateWithScalar,
} from './matchVectors';
import { PromqlExecutionError } from './PromqlError';
import type { QueryScope, SelectedSeries } from './QueryScope';
import { RANGE_FUNCTIONS } from './rangeFunctions';
import { sampleAt, windowOf, type StoredSample } from './selectSamples';
import {
  withDistinctLabels,
  type RangeVector,
  type SeriesWindow,
  type Value,
  type Vector,
  type VectorSample,
} from './values';

const COUNTER_NAME = /_(total|sum|count|bucket)$/;

/** Range functions that keep the metric's name. */
const KEEPS_NAME: ReadonlySet<string> = new Set(['last_over_time']);

/**
 * Evaluates one parsed query at one time after another. What does not change
 * between times (groups, partners, samples of subqueries) is remembered.
 */
export class Evaluator {
  readonly #scope: QueryScope;
  readonly #groupings = new Map<Aggregation, GroupingMemory>();
  readonly #matchings = new Map<BinaryExpression, MatchMemory>();
  readonly #subqueries = new Map<Subquery, Map<number, Vector>>();

  constructor(scope: QueryScope) {
    this.#scope = scope;
  }

  /** @param time - milliseconds since 1970 */
  evaluate(expression: Expression, time: number): Value {
    switch (typeOf(expression)) {
      case 'scalar':
        return { type: 'scalar', value: this.#scalar(expression, time) };
      case 'string':
        return { type: 'string', value: textOf(expression) };
      default:
        return { type: 'vector', samples: this.#vector(expression, time) };
    }
  }

  /** A range vector by itself: a range selector or a subquery. */
  evaluateRange(expression: Expression, time: number): RangeVector {
    const inner = withoutParentheses(expression);
    switch (inner.kind) {
      case 'matrixSelector':
        return this.#selectRange(inner, time);
      case 'subquery':
        return this.#evaluateSubquery(inner, time);
      default:
        throw new TypeError(`${inner.kind} is no range vector`);
    }
  }

  #scalar(expression: Expression, time: number): number {
    switch (expression.kind) {
      case 'number':
        return expression.value;
      case 'parentheses':
        return this.#scalar(expression.expression, time);
      case 'unary': {
        const value = this.#scalar(expression.expression, time);
        return expression.operator === '-' ? -value : value;
      }
      case 'binary': {
        const { value, keep } = operate(
          expression.operator,
          this.#scalar(expression.left, time),
          this.#scalar(expression.right, time),
        );
        return isComparison(expression.operator) ? Number(keep) : value;
      }
      case 'call':
        switch (expression.name) {
          case 'time':
            return time / 1000;
          case 'pi':
            return Math.PI;
          default: {
            const samples = this.#vector(expression.arguments[0], time);
            return samples.length === 1 ? samples[0].value : NaN;
          }
        }
      default:
        throw new TypeError(`${expression.kind} is no scalar`);
    }
  }

  #vector(expression: Expression, time: number): Vector {
    switch (expression.kind) {
      case 'vectorSelector':
        return this.#selectInstant(expression, time);
      case 'parentheses':
        return this.#vector(expression.expression, time);
      case 'unary': {
        const samples = this.#vector(expression.expression, time);
        return expression.operator === '+'
          ? samples
          : withDistinctLabels(
              samples.map(({ labels, value }) => ({
                labels: withoutName(labels),
                value: -value,
              })),
            );
      }
      case 'aggregation':
        return this.#aggregate(expression, time);
      case 'binary':
        return withDistinctLabels(this.#binary(expression, time));
      case 'call':
        return withDistinctLabels(this.#call(expression, time));
      default:
        throw new TypeError(`${expression.kind} is no instant vector`);
    }
  }

  #selectInstant(
    selector: Extract<Expression, { kind: 'vectorSelector' }>,
    time: number,
  ): StoredSample[] {
    const shifted = this.#scope.shifted(selector, time);
    return this.#scope
      .seriesOf(selector)
      .map(series => sampleAt(series, shifted))
      .filter(sample => sample !== undefined);
  }

  #selectRange(
    { selector, rangeMilliseconds }: MatrixSelector,
    time: number,
  ): RangeVector {
    const end = this.#scope.shifted(selector, time);
    return rangeOf(
      this.#scope.seriesOf(selector),
      end - rangeMilliseconds,
      end,
    );
  }

  #evaluateSubquery(subquery: Subquery, time: number): RangeVector {
    const { rangeMilliseconds, expression } = subquery;
    const end = this.#scope.shifted(subquery, time);
    const start = end - rangeMilliseconds;
    const step =
      subquery.stepMilliseconds ?? this.#scope.evaluationIntervalMilliseconds;
    const known = this.#subqueries.get(subquery) ?? new Map<number, Vector>();
    this.#subqueries.set(subquery, known);
    const series = new Map<
      string,
      { labels: Labels; times: number[]; values: number[] }
    >();
    for (
      let at = (Math.floor(start / step) + 1) * step;
      at <= end;
      at += step
    ) {
      const samples = known.get(at) ?? this.#vector(expression, at);
      known.set(at, samples);
      for (const { labels, value } of samples) {
        const key = labelsKey(labels);
        const one = series.get(key) ?? { labels, times: [], values: [] };
        one.times.push(at);
        one.values.push(value);
        series.set(key, one);
      }
    }
    return {
      series: [...series.values()].map(({ labels, times, values }) => ({
        labels,
        times: Float64Array.from(times),
        values: Float64Array.from(values),
      })),
      startMilliseconds: start,
      endMilliseconds: end,
    };
  }

  #aggregate(aggregation: Aggregation, time: number): Vector {
    const { operator, grouping, expression, parameter } = aggregation;
    const samples = this.#vector(expression, time);
    if (operator === 'count_values' && parameter) {
      return countValues(textOf(parameter), samples, grouping);
    }
    const memory =
      this.#groupings.get(aggregation) ?? new GroupingMemory(grouping);
    this.#groupings.set(aggregation, memory);
    const number = parameter ? this.#scalar(parameter, time) : NaN;
    if (operator === 'quantile' && parameter) {
      this.#checkQuantile(number, parameter);
    }
    return aggregate(operator, samples, memory, number);
  }

  #binary(binary: BinaryExpression, time: number): Vector {
    const { left, right, operator } = binary;
    if (typeOf(left) === 'scalar') {
      return operateWithScalar(
        binary,
        this.#vector(right, time),
        this.#scalar(left, time),
        true,
      );
    }
    const samples = this.#vector(left, time);
    if (typeOf(right) === 'scalar') {
      return operateWithScalar(
        binary,
        samples,
        this.#scalar(right, time),
        false,
      );
    }
    const memory =
      this.#matchings.get(binary) ?? new MatchMemory(binary.matching);
    this.#matchings.set(binary, memory);
    const others = this.#vector(right, time);
    return isSetOperator(operator)
      ? combineSets(operator.toLowerCase(), samples, others, memory)
      : operateVectors(binary, samples, others, memory);
  }

  #call(call: FunctionCall, time: number): Vector {
    const { name, arguments: given } = call;
    const rangeFunction = RANGE_FUNCTIONS.get(name);
    if (rangeFunction) {
      return this.#callRange(call, time);
    }
    const ofValue = VALUE_FUNCTIONS.get(name);
    if (ofValue) {
      const samples = this.#vector(given[0], time);
      const scalars = given.slice(1).map(scalar => this.#scalar(scalar, time));
      return name === 'clamp' && scalars[1] < scalars[0]
        ? []
        : samples.map(({ labels, value }) => ({
            labels: withoutName(labels),
            value: ofValue(value, ...scalars),
          }));
    }
    const ofDate = DATE_FUNCTIONS.get(name);
    if (ofDate) {
      const samples: Vector =
        given.length === 0
          ? [{ labels: NO_LABELS, value: time / 1000 }]
          : this.#vector(given[0], time);
      return samples.map(({ labels, value }) => ({
        labels: withoutName(labels),
        value: ofDate(value),
      }));
    }
    if (NATIVE_HISTOGRAM_FUNCTIONS.has(name)) {
      throw new PromqlExecutionError(
        `${name}() works on native histograms, which the embedded Prometheus does not have: it scrapes classic ones`,
      );
    }
    return this.#callOther(call, time);
  }

  #callOther(
    { name, arguments: given, from, to }: FunctionCall,
    time: number,
  ): Vector {
    switch (name) {
      case 'vector':
        return [{ labels: NO_LABELS, value: this.#scalar(given[0], time) }];
      case 'absent':
        return this.#vector(given[0], time).length > 0
          ? []
          : [{ labels: labelsOfAbsent(given[0]), value: 1 }];
      case 'absent_over_time':
        return this.evaluateRange(given[0], time).series.length > 0
          ? []
          : [{ labels: labelsOfAbsent(given[0]), value: 1 }];
      case 'timestamp':
        return this.#timestamps(given[0], time);
      case 'sort':
      case 'sort_desc':
        if (this.#scope.isRangeQuery) {
          this.#scope.annotations.warn(
            'sort is ineffective for range queries since results are always ordered by labels',
            { from, to },
          );
        }
        return [...this.#vector(given[0], time)].sort(
          byValue(name === 'sort' ? 1 : -1),
        );
      case 'label_replace':
        return labelReplace(
          this.#vector(given[0], time),
          given.slice(1).map(textOf),
        );
      case 'label_join':
        return labelJoin(
          this.#vector(given[0], time),
          given.slice(1).map(textOf),
        );
      case 'histogram_quantile':
        return this.#histogramQuantile(given[0], given[1], time);
      case 'histogram_fraction':
        return this.#histogramFraction(given, time);
      default:
        throw new PromqlExecutionError(
          `the embedded Prometheus does not have the function ${name}()`,
        );
    }
  }

  #callRange(call: FunctionCall, time: number): Vector {
    const { name, arguments: given } = call;
    const apply = RANGE_FUNCTIONS.get(name);
    const rangeArgument = given.find(argument => typeOf(argument) === 'matrix');
    const scalarArgument = given.find(
      argument => typeOf(argument) === 'scalar',
    );
    if (!apply || !rangeArgument) {
      throw new TypeError(`${name} is no function of a range vector`);
    }
    const range = this.evaluateRange(rangeArgument, time);
    const parameter = scalarArgument ? this.#scalar(scalarArgument, time) : NaN;
    if (
      name === 'quantile_over_time' &&
      scalarArgument &&
      range.series.length > 0
    ) {
      this.#checkQuantile(parameter, withoutParentheses(scalarArgument));
    }
    if (name === 'rate' || name === 'increase') {
      this.#checkCounters(range.series, placeOfRange(rangeArgument));
    }
    const result: VectorSample[] = [];
    for (const series of range.series) {
      const value = apply(series, {
        range,
        timeMilliseconds: time,
        parameter,
      });
      if (value !== undefined) {
        const labels = KEEPS_NAME.has(name)
          ? series.labels
          : withoutName(series.labels);
        result.push({ labels, value });
      }
    }
    return result;
  }

  #timestamps(argument: Expression, time: number): Vector {
    const inner = withoutParentheses(argument);
    const times: readonly { labels: Labels; timeMilliseconds?: number }[] =
      inner.kind === 'vectorSelector'
        ? this.#selectInstant(inner, time)
        : this.#vector(inner, time).map(({ labels }) => ({ labels }));
    return times.map(({ labels, timeMilliseconds }) => ({
      labels: withoutName(labels),
      value: (timeMilliseconds ?? time) / 1000,
    }));
  }

  #histogramQuantile(
    quantile: Expression,
    argument: Expression,
    time: number,
  ): Vector {
    const phi = this.#scalar(quantile, time);
    const samples = this.#vector(argument, time);
    this.#checkQuantile(phi, withoutParentheses(quantile));
    const place = withoutParentheses(argument);
    return this.#histograms(samples, place).map(({ labels, buckets }) => {
      const { value, forcedMonotonic } = bucketQuantile(phi, buckets);
      if (forcedMonotonic) {
        this.#scope.annotations.inform(
          'input to histogram_quantile needed to be fixed for monotonicity (see https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile)',
          place,
        );
      }
      return { labels, value };
    });
  }

  #histogramFraction(given: readonly Expression[], time: number): Vector {
    const lower = this.#scalar(given[0], time);
    const upper = this.#scalar(given[1], time);
    const samples = this.#vector(given[2], time);
    return this.#histograms(samples, withoutParentheses(given[2])).map(
      ({ labels, buckets }) => ({
        labels,
        value: bucketFraction(lower, upper, buckets),
      }),
    );
  }

  #histograms(samples: Vector, argument: Expression) {
    return histogramsOf(samples, text =>
      this.#scope.annotations.warn(
        `bucket label "le" is missing or has a malformed value of ${JSON.stringify(
          text,
        )}`,
        argument,
      ),
    );
  }

  #checkQuantile(phi: number, argument: Expression): void {
    if (!(phi >= 0 && phi <= 1)) {
      this.#scope.annotations.warn(
        `quantile value should be between 0 and 1, got ${formatShort(phi)}`,
        argument,
      );
    }
  }

  #checkCounters(series: readonly SeriesWindow[], argument: Expression): void {
    for (const { labels, times } of series) {
      const name = labels.get(METRIC_NAME) ?? '';
      if (times.length > 1 && name !== '' && !COUNTER_NAME.test(name)) {
        this.#scope.annotations.inform(
          `metric might not be a counter, name does not end in _total/_sum/_count/_bucket: ${JSON.stringify(
            name,
          )}`,
          argument,
        );
      }
    }
  }
}

function rangeOf(
  series: readonly SelectedSeries[],
  startMilliseconds: number,
  endMilliseconds: number,
): RangeVector {
  return {
    series: series
      .map(one => windowOf(one, startMilliseconds, endMilliseconds))
      .filter(window => window !== undefined),
    startMilliseconds,
    endMilliseconds,
  };
}

/** A real Prometheus has lost the place of a subquery when it speaks of its series. */
function placeOfRange(argument: Expression): Span {
  const inner = withoutParentheses(argument);
  return inner.kind === 'subquery' ? { from: 0, to: 0 } : inner;
}

function textOf(expression: Expression): string {
  const inner = withoutParentheses(expression);
  return inner.kind === 'string' ? inner.value : '';
}

/** What a selector asks for by equality, each label once: what is known of a series that is not there. */
function labelsOfAbsent(expression: Expression): Labels {
  const inner = withoutParentheses(expression);
  const selector = inner.kind === 'matrixSelector' ? inner.selector : inner;
  if (selector.kind !== 'vectorSelector') {
    return NO_LABELS;
  }
  const known = new Map<string, string>();
  const mentioned = new Set<string>();
  for (const { name, operator, value } of selector.matchers) {
    if (name === METRIC_NAME) {
      continue;
    }
    if (operator === '=' && !mentioned.has(name)) {
      known.set(name, value);
      mentioned.add(name);
    } else {
      known.delete(name);
    }
  }
  return labelsOf(known);
}
