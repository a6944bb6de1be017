import type { Expression, VectorSelector } from './expression';
import type { QueryScope } from './QueryScope';
import type { StoredSample } from './selectSamples';
import type { RangeVector, Vector } from './values';

/** What functions need in order to look at their arguments. Times are milliseconds since 1970. */
export interface Evaluation {
  readonly scope: QueryScope;
  scalar(expression: Expression, time: number): number;
  vector(expression: Expression, time: number): Vector;
  range(expression: Expression, time: number): RangeVector;
  /** Samples that still know when they were scraped. */
  stored(selector: VectorSelector, time: number): StoredSample[];
}
