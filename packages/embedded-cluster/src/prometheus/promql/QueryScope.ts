import type { SampleStore } from '../storage/SampleStore';
import type { Labels } from '../storage/labels';
import type { Expression, TimeShift, VectorSelector } from './expression';
import { PromqlExecutionError } from './PromqlError';
import { QueryAnnotations } from './QueryAnnotations';

/** How far an instant selector looks back for a sample. */
export const LOOKBACK_MILLISECONDS = 5 * 60 * 1000;
/** Most samples that the selectors of one query may read. */
export const MAX_QUERY_SAMPLES = 10_000_000;

/** One series of a selector, with all samples that the query can need. */
export interface SelectedSeries {
  labels: Labels;
  times: Float64Array;
  values: Float64Array;
  /** Times at which the series was seen to have ended. */
  ends: readonly number[];
}

export interface QueryScopeOptions {
  query: string;
  store: SampleStore;
  /** First and last time at which the whole expression is evaluated, in milliseconds. */
  start: number;
  end: number;
  isRangeQuery: boolean;
  /** Step of subqueries that name none. */
  evaluationIntervalMilliseconds: number;
}

/**
 * What one query knows while it is evaluated: its times, and the samples of
 * each of its selectors, read once.
 */
export class QueryScope {
  readonly isRangeQuery: boolean;
  readonly evaluationIntervalMilliseconds: number;
  readonly annotations: QueryAnnotations;
  readonly #start: number;
  readonly #end: number;
  readonly #store: SampleStore;
  readonly #selected = new Map<VectorSelector, SelectedSeries[]>();
  #samples = 0;

  constructor(options: QueryScopeOptions, expression: Expression) {
    this.isRangeQuery = options.isRangeQuery;
    this.evaluationIntervalMilliseconds =
      options.evaluationIntervalMilliseconds;
    this.annotations = new QueryAnnotations(options.query);
    this.#start = options.start;
    this.#end = options.end;
    this.#store = options.store;
    this.#read(expression, options.start, options.end);
  }

  /** The time that a selector or subquery looks at when it is evaluated at another. */
  shifted({ at, offsetMilliseconds }: TimeShift, time: number): number {
    switch (at) {
      case undefined:
        return time - offsetMilliseconds;
      case 'start':
        return this.#start - offsetMilliseconds;
      case 'end':
        return this.#end - offsetMilliseconds;
      default:
        return at - offsetMilliseconds;
    }
  }

  seriesOf(selector: VectorSelector): readonly SelectedSeries[] {
    return this.#selected.get(selector) ?? [];
  }

  /** Reads for each selector what evaluations between two times can need. */
  #read(expression: Expression, from: number, to: number): void {
    switch (expression.kind) {
      case 'vectorSelector':
        this.#select(expression, from, to, LOOKBACK_MILLISECONDS);
        break;
      case 'matrixSelector':
        this.#select(
          expression.selector,
          from,
          to,
          expression.rangeMilliseconds,
        );
        break;
      case 'subquery':
        this.#read(
          expression.expression,
          this.shifted(expression, from) - expression.rangeMilliseconds,
          this.shifted(expression, to),
        );
        break;
      case 'call':
        expression.arguments.forEach(argument =>
          this.#read(argument, from, to),
        );
        break;
      case 'aggregation':
        if (expression.parameter) {
          this.#read(expression.parameter, from, to);
        }
        this.#read(expression.expression, from, to);
        break;
      case 'binary':
        this.#read(expression.left, from, to);
        this.#read(expression.right, from, to);
        break;
      case 'unary':
      case 'parentheses':
        this.#read(expression.expression, from, to);
        break;
      default:
    }
  }

  #select(
    selector: VectorSelector,
    from: number,
    to: number,
    backMilliseconds: number,
  ): void {
    const first = this.shifted(selector, from) - backMilliseconds;
    const last = this.shifted(selector, to);
    const series = this.#store
      .select(selector.matchers, first, last)
      .map(stored => ({ labels: stored.labels, ...stored.read(first, last) }));
    this.#samples += series.reduce((sum, { times }) => sum + times.length, 0);
    if (this.#samples > MAX_QUERY_SAMPLES) {
      throw new PromqlExecutionError(
        'query processing would load too many samples into memory in query execution',
      );
    }
    this.#selected.set(
      selector,
      series.filter(({ times }) => times.length > 0),
    );
  }
}
