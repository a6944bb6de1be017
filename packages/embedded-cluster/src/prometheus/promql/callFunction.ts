import { NO_LABELS, withoutName, type Labels } from '../storage/labels';
import { byValue } from './aggregate';
import { callRangeFunction } from './callRangeFunction';
import type { Evaluation } from './Evaluation';
import {
  textOf,
  withoutParentheses,
  type Expression,
  type FunctionCall,
} from './expression';
import { NATIVE_HISTOGRAM_FUNCTIONS } from './functionSignatures';
import { histogramFraction, histogramQuantile } from './histogramFunctions';
import { DATE_FUNCTIONS, VALUE_FUNCTIONS } from './instantFunctions';
import { labelJoin, labelReplace } from './labelFunctions';
import { labelsOfAbsent } from './labelsOfAbsent';
import { PromqlExecutionError } from './PromqlError';
import { RANGE_FUNCTIONS } from './rangeFunctions';
import type { Vector } from './values';

function timestamps(
  evaluation: Evaluation,
  argument: Expression,
  time: number,
): Vector {
  const inner = withoutParentheses(argument);
  const times: readonly { labels: Labels; timeMilliseconds?: number }[] =
    inner.kind === 'vectorSelector'
      ? evaluation.stored(inner, time)
      : evaluation.vector(inner, time).map(({ labels }) => ({ labels }));
  return times.map(({ labels, timeMilliseconds }) => ({
    labels: withoutName(labels),
    value: (timeMilliseconds ?? time) / 1000,
  }));
}

function callOther(
  evaluation: Evaluation,
  { name, arguments: given, from, to }: FunctionCall,
  time: number,
): Vector {
  switch (name) {
    case 'vector':
      return [{ labels: NO_LABELS, value: evaluation.scalar(given[0], time) }];
    case 'absent':
      return evaluation.vector(given[0], time).length > 0
        ? []
        : [{ labels: labelsOfAbsent(given[0]), value: 1 }];
    case 'absent_over_time':
      return evaluation.range(given[0], time).series.length > 0
        ? []
        : [{ labels: labelsOfAbsent(given[0]), value: 1 }];
    case 'timestamp':
      return timestamps(evaluation, given[0], time);
    case 'sort':
    case 'sort_desc':
      if (evaluation.scope.isRangeQuery) {
        evaluation.scope.annotations.warn(
          'sort is ineffective for range queries since results are always ordered by labels',
          { from, to },
        );
      }
      return [...evaluation.vector(given[0], time)].sort(
        byValue(name === 'sort' ? 1 : -1),
      );
    case 'label_replace':
      return labelReplace(
        evaluation.vector(given[0], time),
        given.slice(1).map(textOf),
      );
    case 'label_join':
      return labelJoin(
        evaluation.vector(given[0], time),
        given.slice(1).map(textOf),
      );
    case 'histogram_quantile':
      return histogramQuantile(evaluation, given[0], given[1], time);
    case 'histogram_fraction':
      return histogramFraction(evaluation, given, time);
    default:
      throw new PromqlExecutionError(
        `the embedded Prometheus does not have the function ${name}()`,
      );
  }
}

/**
 * Calls a function that gives a vector.
 *
 * @throws PromqlExecutionError for one that is not here
 */
export function callFunction(
  evaluation: Evaluation,
  call: FunctionCall,
  time: number,
): Vector {
  const { name, arguments: given } = call;
  const rangeFunction = RANGE_FUNCTIONS.get(name);
  if (rangeFunction) {
    return callRangeFunction(evaluation, call, time);
  }
  const ofValue = VALUE_FUNCTIONS.get(name);
  if (ofValue) {
    const samples = evaluation.vector(given[0], time);
    const scalars = given
      .slice(1)
      .map(scalar => evaluation.scalar(scalar, time));
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
        : evaluation.vector(given[0], time);
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
  return callOther(evaluation, call, time);
}
