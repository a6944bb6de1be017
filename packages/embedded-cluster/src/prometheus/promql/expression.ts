import type { LabelMatcher } from '../storage/LabelMatcher';

export type ValueType = 'scalar' | 'vector' | 'matrix' | 'string';

/** Where an expression stands in the query: characters, counted from 0. */
export interface Span {
  from: number;
  to: number;
}

/** Which time a selector or subquery looks at. */
export interface TimeShift {
  /** Of `offset`; negative looks into the future. Default 0. */
  offsetMilliseconds: number;
  /** Of `@`: milliseconds since 1970, or an end of the query. */
  at?: number | 'start' | 'end';
}

export interface NumberLiteral extends Span {
  kind: 'number';
  value: number;
}

export interface StringLiteral extends Span {
  kind: 'string';
  value: string;
}

export interface VectorSelector extends Span, TimeShift {
  kind: 'vectorSelector';
  /** With one for `__name__` where a name is given. */
  matchers: readonly LabelMatcher[];
}

export interface MatrixSelector extends Span {
  kind: 'matrixSelector';
  selector: VectorSelector;
  rangeMilliseconds: number;
}

export interface Subquery extends Span, TimeShift {
  kind: 'subquery';
  expression: Expression;
  rangeMilliseconds: number;
  /** Absent: the server's evaluation interval. */
  stepMilliseconds?: number;
}

export interface FunctionCall extends Span {
  kind: 'call';
  name: string;
  arguments: readonly Expression[];
}

export interface Grouping {
  /** True for `without`, and for no clause it is `by ()`. */
  without: boolean;
  labels: readonly string[];
}

export interface Aggregation extends Span {
  kind: 'aggregation';
  operator: string;
  grouping: Grouping;
  /** The first of two arguments. */
  parameter?: Expression;
  expression: Expression;
}

export interface Matching {
  /** Undefined: all labels. */
  clause?: 'on' | 'ignoring';
  labels: readonly string[];
  group?: 'left' | 'right';
  /** Labels taken from the side that has one. */
  include: readonly string[];
}

export interface BinaryExpression extends Span {
  kind: 'binary';
  operator: string;
  /** Of the operator itself. */
  operatorFrom: number;
  bool: boolean;
  matching: Matching;
  left: Expression;
  right: Expression;
}

export interface UnaryExpression extends Span {
  kind: 'unary';
  operator: '-' | '+';
  expression: Expression;
}

export interface Parentheses extends Span {
  kind: 'parentheses';
  expression: Expression;
}

/** A PromQL expression, parsed. */
export type Expression =
  | NumberLiteral
  | StringLiteral
  | VectorSelector
  | MatrixSelector
  | Subquery
  | FunctionCall
  | Aggregation
  | BinaryExpression
  | UnaryExpression
  | Parentheses;

/** What stands inside of any number of parentheses. */
export function withoutParentheses(
  expression: Expression,
): Exclude<Expression, Parentheses> {
  return expression.kind === 'parentheses'
    ? withoutParentheses(expression.expression)
    : expression;
}

/** The text of a string argument. */
export function textOf(expression: Expression): string {
  const inner = withoutParentheses(expression);
  return inner.kind === 'string' ? inner.value : '';
}
