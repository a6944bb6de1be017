import { labelsKey, withoutName, type Labels } from '../storage/labels';
import { aggregate, countValues, GroupingMemory } from './aggregate';
import { operate } from './binaryOperators';
import { callFunction } from './callFunction';
import { checkQuantile } from './checkQuantile';
import { isComparison, isSetOperator, typeOf } from './checkTypes';
import type { Evaluation } from './Evaluation';
import {
  textOf,
  withoutParentheses,
  type Aggregation,
  type BinaryExpression,
  type Expression,
  type MatrixSelector,
  type Subquery,
  type VectorSelector,
} from './expression';
import {
  combineSets,
  MatchMemory,
  operateVectors,
  operateWithScalar,
} from './matchVectors';
import type { QueryScope, SelectedSeries } from './QueryScope';
import { sampleAt, windowOf, type StoredSample } from './selectSamples';
import {
  withDistinctLabels,
  type RangeVector,
  type Value,
  type Vector,
} from './values';

function rangeOf(
  scope: QueryScope,
  series: readonly SelectedSeries[],
  startMilliseconds: number,
  endMilliseconds: number,
): RangeVector {
  return {
    series: series
      .map(one => {
        scope.checkTurn();
        return windowOf(one, startMilliseconds, endMilliseconds);
      })
      .filter(window => window !== undefined),
    startMilliseconds,
    endMilliseconds,
  };
}

/**
 * Evaluates one parsed query at one time after another. What does not change
 * between times (groups, partners, samples of subqueries) is remembered.
 */
export class Evaluator {
  readonly #scope: QueryScope;
  readonly #groupings = new Map<Aggregation, GroupingMemory>();
  readonly #matchings = new Map<BinaryExpression, MatchMemory>();
  readonly #subqueries = new Map<Subquery, Map<number, Vector>>();

  readonly #evaluation: Evaluation;

  constructor(scope: QueryScope) {
    this.#scope = scope;
    this.#evaluation = {
      scope,
      scalar: (expression, time) => this.#scalar(expression, time),
      vector: (expression, time) => this.#vector(expression, time),
      range: (expression, time) => this.evaluateRange(expression, time),
      stored: (selector, time) => this.#selectInstant(selector, time),
    };
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
    this.#scope.checkTurn();
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
        return withDistinctLabels(
          callFunction(this.#evaluation, expression, time),
        );
      default:
        throw new TypeError(`${expression.kind} is no instant vector`);
    }
  }

  #selectInstant(selector: VectorSelector, time: number): StoredSample[] {
    const shifted = this.#scope.shifted(selector, time);
    return this.#scope
      .seriesOf(selector)
      .map(series => {
        this.#scope.checkTurn();
        return sampleAt(series, shifted);
      })
      .filter(sample => sample !== undefined);
  }

  #selectRange(
    { selector, rangeMilliseconds }: MatrixSelector,
    time: number,
  ): RangeVector {
    const end = this.#scope.shifted(selector, time);
    return rangeOf(
      this.#scope,
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
      this.#scope.checkTurn();
      let samples = known.get(at);
      if (samples === undefined) {
        samples = this.#vector(expression, at);
        this.#scope.charge(samples.length);
        known.set(at, samples);
      }
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
      checkQuantile(this.#evaluation, number, parameter);
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
}
