import { METRIC_NAME, withoutName } from '../storage/labels';
import { checkQuantile } from './checkQuantile';
import { typeOf } from './checkTypes';
import type { Evaluation } from './Evaluation';
import {
  withoutParentheses,
  type Expression,
  type FunctionCall,
  type Span,
} from './expression';
import { RANGE_FUNCTIONS } from './rangeFunctions';
import type { SeriesWindow, Vector, VectorSample } from './values';

const COUNTER_NAME = /_(total|sum|count|bucket)$/;

/** Range functions that keep the metric's name. */
const KEEPS_NAME: ReadonlySet<string> = new Set(['last_over_time']);

/** A real Prometheus has lost the place of a subquery when it speaks of its series. */
function placeOfRange(argument: Expression): Span {
  const inner = withoutParentheses(argument);
  return inner.kind === 'subquery' ? { from: 0, to: 0 } : inner;
}

function checkCounters(
  evaluation: Evaluation,
  series: readonly SeriesWindow[],
  argument: Span,
): void {
  for (const { labels, times } of series) {
    const name = labels.get(METRIC_NAME) ?? '';
    if (times.length > 1 && name !== '' && !COUNTER_NAME.test(name)) {
      evaluation.scope.annotations.inform(
        `metric might not be a counter, name does not end in _total/_sum/_count/_bucket: ${JSON.stringify(
          name,
        )}`,
        argument,
      );
    }
  }
}

/** Calls a function of a range vector, such as `rate`. */
export function callRangeFunction(
  evaluation: Evaluation,
  call: FunctionCall,
  time: number,
): Vector {
  const { name, arguments: given } = call;
  const apply = RANGE_FUNCTIONS.get(name);
  const rangeArgument = given.find(argument => typeOf(argument) === 'matrix');
  const scalarArgument = given.find(argument => typeOf(argument) === 'scalar');
  if (!apply || !rangeArgument) {
    throw new TypeError(`${name} is no function of a range vector`);
  }
  const range = evaluation.range(rangeArgument, time);
  const parameter = scalarArgument
    ? evaluation.scalar(scalarArgument, time)
    : NaN;
  if (
    name === 'quantile_over_time' &&
    scalarArgument &&
    range.series.length > 0
  ) {
    checkQuantile(evaluation, parameter, withoutParentheses(scalarArgument));
  }
  if (name === 'rate' || name === 'increase') {
    checkCounters(evaluation, range.series, placeOfRange(rangeArgument));
  }
  const result: VectorSample[] = [];
  for (const series of range.series) {
    evaluation.scope.checkTurn();
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
