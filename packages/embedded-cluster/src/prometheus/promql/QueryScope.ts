import type { SampleStore } from '../storage/SampleStore';
import type { Labels } from '../storage/labels';
import type { Expression, TimeShift, VectorSelector } from './expression';
import { PromqlExecutionError, PromqlTimeoutError } from './PromqlError';
import { QueryAnnotations } from './QueryAnnotations';

/** How far an instant selector looks back for a sample. */
export const LOOKBACK_MILLISECONDS = 5 * 60 * 1000;
/**
 * Most samples that one query may read or make, steps of its subqueries
 * included. A real Prometheus takes 50,000,000; here a query shares its thread
 * with the whole cluster, which must not wait for it for seconds.
 */
export const MAX_QUERY_SAMPLES = 1_000_000;
/** Longest time that an instant query, or one step of a range query, may keep the thread. */
export const MAX_TURN_MILLISECONDS = 2000;

/** Steps of an evaluation between two looks at the clock. */
const STEPS_PER_LOOK = 16;

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
  /** How long a turn may take. Default and at most MAX_TURN_MILLISECONDS. */
  turnMilliseconds?: number;
  /** Milliseconds from any moment on. Default: the machine's monotonic clock. */
  elapsed?: () => number;
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
  readonly #elapsed: () => number;
  readonly #turnMilliseconds: number;
  #steps = 0;
  #samples = 0;
  #turnEnds: number;

  constructor(options: QueryScopeOptions, expression: Expression) {
    this.isRangeQuery = options.isRangeQuery;
    this.evaluationIntervalMilliseconds =
      options.evaluationIntervalMilliseconds;
    this.annotations = new QueryAnnotations(options.query);
    this.#start = options.start;
    this.#end = options.end;
    this.#store = options.store;
    this.#elapsed = options.elapsed ?? (() => performance.now());
    this.#turnMilliseconds = Math.min(
      options.turnMilliseconds ?? MAX_TURN_MILLISECONDS,
      MAX_TURN_MILLISECONDS,
    );
    this.#turnEnds = this.#elapsed() + this.#turnMilliseconds;
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

  /** A new turn on the thread begins. */
  startTurn(): void {
    this.#turnEnds = this.#elapsed() + this.#turnMilliseconds;
  }

  /**
   * To be called at every step of an evaluation, however small: looks at the
   * clock at every so manieth.
   *
   * @throws PromqlTimeoutError when the turn has taken too long
   */
  checkTurn(): void {
    this.#steps++;
    if (this.#steps % STEPS_PER_LOOK === 0) {
      this.#lookAtClock();
    }
  }

  #lookAtClock(): void {
    if (this.#elapsed() > this.#turnEnds) {
      throw new PromqlTimeoutError('query timed out in expression evaluation');
    }
  }

  /** @throws PromqlExecutionError when the query has had more samples than it may */
  charge(samples: number): void {
    this.#samples += samples;
    if (!(this.#samples <= MAX_QUERY_SAMPLES)) {
      throw new PromqlExecutionError(
        'query processing would load too many samples into memory in query execution',
      );
    }
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
      case 'subquery': {
        const first =
          this.shifted(expression, from) - expression.rangeMilliseconds;
        const last = this.shifted(expression, to);
        const step =
          expression.stepMilliseconds ?? this.evaluationIntervalMilliseconds;
        this.charge(Math.floor(Math.max(0, last - first) / step));
        this.#read(expression.expression, first, last);
        break;
      }
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
      .map(stored => {
        this.checkTurn();
        const read = stored.read(first, last);
        this.charge(read.times.length);
        return { labels: stored.labels, ...read };
      });
    this.#selected.set(
      selector,
      series.filter(({ times }) => times.length > 0),
    );
  }
}
