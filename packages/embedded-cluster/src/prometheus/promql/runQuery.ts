import { labelsKey, type Labels } from '../storage/labels';
import type { SampleStore } from '../storage/SampleStore';
import { typeOf } from './checkTypes';
import { Evaluator } from './Evaluator';
import { parsePromql } from './parsePromql';
import { PromqlTimeoutError } from './PromqlError';
import { QueryScope } from './QueryScope';
import type { VectorSample } from './values';

/** How long a range query may keep the process from everything else. */
const TURN_MILLISECONDS = 20;

/** A value at a time: milliseconds since 1970. */
export type Point = readonly [timeMilliseconds: number, value: number];

export interface ResultSeries {
  labels: Labels;
  points: readonly Point[];
}

export type QueryResult =
  | { type: 'scalar'; point: Point }
  | { type: 'string'; timeMilliseconds: number; value: string }
  | {
      type: 'vector';
      timeMilliseconds: number;
      samples: readonly VectorSample[];
    }
  | { type: 'matrix'; series: readonly ResultSeries[] };

export interface QueryAnswer {
  result: QueryResult;
  warnings: readonly string[];
  infos: readonly string[];
}

/** What queries are asked of. */
export interface QueryEnvironment {
  store: SampleStore;
  /** Step of subqueries that name none. */
  evaluationIntervalMilliseconds: number;
}

function answer(result: QueryResult, { annotations }: QueryScope): QueryAnswer {
  return {
    result,
    warnings: annotations.warnings(),
    infos: annotations.infos(),
  };
}

/**
 * Evaluates PromQL at one time, which keeps everything else waiting.
 *
 * @param timeoutMilliseconds - default and at most MAX_TURN_MILLISECONDS
 * @throws PromqlParseError, PromqlExecutionError, PromqlTimeoutError
 */
export function queryInstant(
  { store, evaluationIntervalMilliseconds }: QueryEnvironment,
  query: string,
  timeMilliseconds: number,
  timeoutMilliseconds?: number,
): QueryAnswer {
  const expression = parsePromql(query);
  const scope = new QueryScope(
    {
      query,
      store,
      start: timeMilliseconds,
      end: timeMilliseconds,
      isRangeQuery: false,
      evaluationIntervalMilliseconds,
      turnMilliseconds: timeoutMilliseconds,
    },
    expression,
  );
  const evaluator = new Evaluator(scope);
  let result: QueryResult;
  if (typeOf(expression) === 'matrix') {
    const { series } = evaluator.evaluateRange(expression, timeMilliseconds);
    result = {
      type: 'matrix',
      series: series.map(({ labels, times, values }) => ({
        labels,
        points: Array.from(times, (time, index) => [time, values[index]]),
      })),
    };
  } else {
    const value = evaluator.evaluate(expression, timeMilliseconds);
    result =
      value.type === 'scalar'
        ? { type: 'scalar', point: [timeMilliseconds, value.value] }
        : { timeMilliseconds, ...value };
  }
  return answer(result, scope);
}

/** The times of a range query, in milliseconds. */
export interface QueryRange {
  start: number;
  end: number;
  step: number;
}

/** A range query for what is already a range, or text: 400 `bad_data`. */
export class InvalidExpressionTypeError extends Error {
  readonly name = 'InvalidExpressionTypeError' as const;

  constructor(type: string) {
    super(
      `invalid expression type "${type}" for range query, must be Scalar or instant Vector`,
    );
  }
}

/**
 * Evaluates PromQL at every step of a range, letting others work in between.
 *
 * @throws PromqlParseError, PromqlExecutionError, PromqlTimeoutError when the
 * signal is aborted
 */
export async function queryRange(
  { store, evaluationIntervalMilliseconds }: QueryEnvironment,
  query: string,
  { start, end, step }: QueryRange,
  signal: AbortSignal,
): Promise<QueryAnswer> {
  const expression = parsePromql(query);
  const type = typeOf(expression);
  if (type === 'matrix' || type === 'string') {
    throw new InvalidExpressionTypeError(
      type === 'matrix' ? 'range vector' : 'string',
    );
  }
  const scope = new QueryScope(
    {
      query,
      store,
      start,
      end,
      isRangeQuery: true,
      evaluationIntervalMilliseconds,
    },
    expression,
  );
  const evaluator = new Evaluator(scope);
  const series = new Map<string, { labels: Labels; points: Point[] }>();
  let turnEnds = performance.now() + TURN_MILLISECONDS;
  for (let time = start; time <= end; time += step) {
    if (signal.aborted) {
      throw new PromqlTimeoutError('query timed out in expression evaluation');
    }
    scope.startTurn();
    const value = evaluator.evaluate(expression, time);
    const samples =
      value.type === 'vector'
        ? value.samples
        : [{ labels: new Map<string, string>(), value: Number(value.value) }];
    scope.charge(samples.length);
    for (const sample of samples) {
      const key = labelsKey(sample.labels);
      const one = series.get(key) ?? { labels: sample.labels, points: [] };
      one.points.push([time, sample.value]);
      series.set(key, one);
    }
    if (performance.now() > turnEnds) {
      await new Promise(resolve => setImmediate(resolve));
      turnEnds = performance.now() + TURN_MILLISECONDS;
    }
  }
  const ordered = [...series]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, one]) => one);
  return answer({ type: 'matrix', series: ordered }, scope);
}
