import type { BinaryExpression, Expression, ValueType } from './expression';
import {
  AGGREGATION_PARAMETERS,
  FUNCTION_SIGNATURES,
} from './functionSignatures';
import { PromqlParseError } from './PromqlError';

const TYPE_NAMES: Readonly<Record<ValueType, string>> = {
  scalar: 'scalar',
  vector: 'instant vector',
  matrix: 'range vector',
  string: 'string',
};
const COMPARISONS: ReadonlySet<string> = new Set([
  '==',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
]);
const SET_OPERATORS: ReadonlySet<string> = new Set(['and', 'or', 'unless']);

export function isComparison(operator: string): boolean {
  return COMPARISONS.has(operator);
}

export function isSetOperator(operator: string): boolean {
  return SET_OPERATORS.has(operator.toLowerCase());
}

/** What kind of value an expression has; its own parts need not fit. */
export function typeOf(expression: Expression): ValueType {
  switch (expression.kind) {
    case 'number':
      return 'scalar';
    case 'string':
      return 'string';
    case 'matrixSelector':
    case 'subquery':
      return 'matrix';
    case 'call':
      return FUNCTION_SIGNATURES.get(expression.name)?.returns ?? 'vector';
    case 'unary':
    case 'parentheses':
      return typeOf(expression.expression);
    case 'binary':
      return typeOf(expression.left) === 'scalar' &&
        typeOf(expression.right) === 'scalar'
        ? 'scalar'
        : 'vector';
    default:
      return 'vector';
  }
}

function checkCall(
  query: string,
  call: Extract<Expression, { kind: 'call' }>,
): void {
  const signature = FUNCTION_SIGNATURES.get(call.name);
  if (signature === undefined) {
    throw new PromqlParseError(
      `unknown function with name "${call.name}"`,
      call.from,
      query,
    );
  }
  const types = signature.arguments;
  const given = call.arguments.length;
  const least =
    types.length - (signature.optional ?? 0) - (signature.variadic ? 1 : 0);
  const refuse = (text: string) =>
    new PromqlParseError(
      `expected ${text} argument(s) in call to "${call.name}", got ${given}`,
      call.from,
      query,
    );
  if (least === types.length && given !== least) {
    throw refuse(String(least));
  }
  if (given < least) {
    throw refuse(`at least ${least}`);
  }
  if (!signature.variadic && given > types.length) {
    throw refuse(`at most ${types.length}`);
  }
  for (const [index, argument] of call.arguments.entries()) {
    const expected = types[Math.min(index, types.length - 1)];
    expectType(query, argument, expected, `call to function "${call.name}"`);
  }
}

function expectType(
  query: string,
  expression: Expression,
  expected: ValueType,
  where: string,
): void {
  const type = typeOf(expression);
  if (type !== expected) {
    throw new PromqlParseError(
      `expected type ${TYPE_NAMES[expected]} in ${where}, got ${TYPE_NAMES[type]}`,
      expression.from,
      query,
    );
  }
}

function checkBinary(query: string, binary: BinaryExpression): void {
  const { operator, left, right, matching, bool } = binary;
  const refuse = (message: string, position = binary.from) =>
    new PromqlParseError(message, position, query);
  if (bool && !isComparison(operator)) {
    throw refuse(
      'bool modifier can only be used on comparison operators',
      binary.operatorFrom,
    );
  }
  const types = [typeOf(left), typeOf(right)];
  const areScalars = types.every(type => type === 'scalar');
  if (isComparison(operator) && !bool && areScalars) {
    throw refuse(
      'comparisons between scalars must use BOOL modifier',
      binary.operatorFrom,
    );
  }
  for (const side of [left, right]) {
    if (typeOf(side) !== 'scalar' && typeOf(side) !== 'vector') {
      throw refuse(
        'binary expression must contain only scalar and instant vector types',
        side.from,
      );
    }
  }
  if (isSetOperator(operator) && types.includes('scalar')) {
    throw refuse(
      `set operator "${operator}" not allowed in binary scalar expression`,
    );
  }
  if (matching.clause !== undefined && types.includes('scalar')) {
    throw refuse('vector matching only allowed between instant vectors');
  }
  if (isSetOperator(operator) && matching.group !== undefined) {
    throw refuse(`no grouping allowed for "${operator}" operation`);
  }
  const both = matching.include.find(
    label => matching.clause === 'on' && matching.labels.includes(label),
  );
  if (both !== undefined) {
    throw refuse(
      `label "${both}" must not occur in ON and GROUP clause at once`,
      binary.operatorFrom,
    );
  }
}

/**
 * Checks that every part gets what it takes: a range vector where a function
 * wants one, and so on.
 *
 * @throws PromqlParseError
 */
export function checkTypes(query: string, expression: Expression): void {
  switch (expression.kind) {
    case 'call':
      expression.arguments.forEach(argument => checkTypes(query, argument));
      checkCall(query, expression);
      break;
    case 'aggregation': {
      const { parameter, operator } = expression;
      const parameterType = AGGREGATION_PARAMETERS.get(operator);
      if (parameter && parameterType) {
        checkTypes(query, parameter);
      }
      checkTypes(query, expression.expression);
      expectType(
        query,
        expression.expression,
        'vector',
        'aggregation expression',
      );
      if (parameter && parameterType) {
        expectType(query, parameter, parameterType, 'aggregation parameter');
      }
      break;
    }
    case 'binary':
      checkTypes(query, expression.left);
      checkTypes(query, expression.right);
      checkBinary(query, expression);
      break;
    case 'unary': {
      checkTypes(query, expression.expression);
      const type = typeOf(expression.expression);
      if (type !== 'scalar' && type !== 'vector') {
        throw new PromqlParseError(
          `unary expression only allowed on expressions of type scalar or instant vector, got "${TYPE_NAMES[type]}"`,
          expression.from,
          query,
        );
      }
      break;
    }
    case 'parentheses':
      checkTypes(query, expression.expression);
      break;
    case 'subquery': {
      checkTypes(query, expression.expression);
      const type = typeOf(expression.expression);
      if (type !== 'vector') {
        throw new PromqlParseError(
          `subquery is only allowed on instant vector, got ${TYPE_NAMES[type]} instead`,
          expression.from,
          query,
        );
      }
      break;
    }
    default:
  }
}
