import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import { Re2SyntaxError } from '../regex/compileRe2';
import { METRIC_NAME } from '../storage/labels';
import {
  labelMatcher,
  type LabelMatcher,
  type MatchOperator,
} from '../storage/LabelMatcher';
import { checkTypes } from './checkTypes';
import type {
  Expression,
  Grouping,
  Matching,
  Span,
  TimeShift,
  VectorSelector,
} from './expression';
import {
  AGGREGATION_PARAMETERS,
  EXPERIMENTAL_AGGREGATIONS,
  EXPERIMENTAL_FUNCTIONS,
} from './functionSignatures';
import { parseNumber, parseString } from './literals';
import { PromqlParseError } from './PromqlError';

const NO_SHIFT: TimeShift = { offsetMilliseconds: 0 };

function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name !== 'LineComment') {
      children.push(child);
    }
  }
  return children;
}

function isMatchOperator(text: string): text is MatchOperator {
  return ['=', '!=', '=~', '!~'].includes(text);
}

/** Makes expressions of the grammar's tree, in one walk. */
class ExpressionReader {
  readonly #query: string;

  constructor(query: string) {
    this.#query = query;
  }

  read(node: SyntaxNode): Expression {
    const span = { from: node.from, to: node.to };
    const children = childrenOf(node);
    switch (node.name) {
      case 'NumberDurationLiteral':
        return { kind: 'number', value: this.#number(node), ...span };
      case 'StringLiteral':
        return { kind: 'string', value: this.#string(node), ...span };
      case 'VectorSelector':
        return this.#vectorSelector(node, children);
      case 'MatrixSelector':
        return this.#postfix(node, operand =>
          this.#matrixSelector(operand, children[1], node.to),
        );
      case 'SubqueryExpr':
        return this.#postfix(node, operand => ({
          kind: 'subquery',
          expression: operand,
          rangeMilliseconds: this.#positiveDuration(children[1]),
          ...(children[2] === undefined
            ? {}
            : { stepMilliseconds: this.#positiveDuration(children[2]) }),
          ...NO_SHIFT,
          from: operand.from,
          to: node.to,
        }));
      case 'OffsetExpr':
        return this.#offset(node, children);
      case 'StepInvariantExpr':
        return this.#at(node, children);
      case 'ParenExpr':
        return {
          kind: 'parentheses',
          expression: this.read(children[0]),
          ...span,
        };
      case 'UnaryExpr':
        return {
          kind: 'unary',
          operator: this.#text(children[0]) === '-' ? '-' : '+',
          expression: this.read(children[1]),
          ...span,
        };
      case 'BinaryExpr':
        return this.#binary(node, children);
      case 'FunctionCall':
        return this.#call(node, children);
      case 'AggregateExpr':
        return this.#aggregation(node, children);
      case 'AnchoredExpr':
      case 'SmoothedExpr':
        throw this.#error(
          'anchored and smoothed modifiers are experimental and not enabled',
          node.from,
        );
      default:
        throw this.#error(
          `unexpected ${JSON.stringify(this.#text(node))}`,
          node.from,
        );
    }
  }

  #error(message: string, position: number): PromqlParseError {
    return new PromqlParseError(message, position, this.#query);
  }

  #text(span: Span): string {
    return this.#query.slice(span.from, span.to);
  }

  #number(node: SyntaxNode): number {
    const value = parseNumber(this.#text(node));
    if (value === undefined) {
      throw this.#error(`bad number ${this.#text(node)}`, node.from);
    }
    return value;
  }

  #string(node: SyntaxNode): string {
    const value = parseString(this.#text(node));
    if (value === undefined) {
      throw this.#error('unterminated quoted string', node.from);
    }
    return value;
  }

  /** Of `[...]` and `offset`: a number with a sign, perhaps, but no arithmetic. */
  #duration(node: SyntaxNode): number {
    const text = this.#text(node);
    const seconds = parseNumber(text);
    if (seconds === undefined || !Number.isFinite(seconds)) {
      throw this.#error(
        `experimental duration expression is not enabled: ${text}`,
        node.from,
      );
    }
    return Math.round(seconds * 1000);
  }

  #positiveDuration(node: SyntaxNode): number {
    const milliseconds = this.#duration(node);
    if (milliseconds <= 0) {
      throw this.#error('duration must be greater than 0', node.from);
    }
    return milliseconds;
  }

  /**
   * What stands behind an operand belongs to it alone, but the grammar gives it
   * to all that stands before: `a + b offset 1m` shifts only b.
   */
  #postfix(
    node: SyntaxNode,
    apply: (operand: Expression) => Expression,
  ): Expression {
    const bind = (expression: Expression): Expression => {
      switch (expression.kind) {
        case 'binary':
          return { ...expression, right: bind(expression.right), to: node.to };
        case 'unary':
          return {
            ...expression,
            expression: bind(expression.expression),
            to: node.to,
          };
        default:
          return apply(expression);
      }
    };
    return bind(this.read(childrenOf(node)[0]));
  }

  #matrixSelector(
    selector: Expression,
    range: SyntaxNode,
    to: number,
  ): Expression {
    const bracket = this.#query.indexOf('[', selector.to);
    if (selector.kind !== 'vectorSelector') {
      throw this.#error('ranges only allowed for vector selectors', bracket);
    }
    if (selector.offsetMilliseconds !== 0 || selector.at !== undefined) {
      throw this.#error('no offset modifiers allowed before range', bracket);
    }
    return {
      kind: 'matrixSelector',
      selector,
      rangeMilliseconds: this.#positiveDuration(range),
      from: selector.from,
      to,
    };
  }

  #vectorSelector(node: SyntaxNode, children: SyntaxNode[]): VectorSelector {
    const matchers: LabelMatcher[] = [];
    const names: string[] = [];
    const setName = (name: string) => {
      names.push(name);
      matchers.push(labelMatcher(METRIC_NAME, '=', name));
    };
    for (const child of children) {
      if (child.name === 'Identifier') {
        setName(this.#text(child));
        continue;
      }
      for (const part of childrenOf(child)) {
        if (part.name === 'QuotedLabelName') {
          setName(this.#string(childrenOf(part)[0]));
        } else {
          const matcher = this.#matcher(part);
          if (matcher.name === METRIC_NAME && matcher.operator === '=') {
            names.push(matcher.value);
          }
          matchers.push(matcher);
        }
      }
    }
    const named = children.some(({ name }) => name === 'Identifier');
    if (names.length > 1 && named) {
      throw this.#error(
        `metric name must not be set twice: "${names[0]}" or "${names[1]}"`,
        node.from,
      );
    }
    if (matchers.every(({ matches }) => matches(''))) {
      throw this.#error(
        'vector selector must contain at least one non-empty matcher',
        node.from,
      );
    }
    return {
      kind: 'vectorSelector',
      matchers,
      ...NO_SHIFT,
      from: node.from,
      to: node.to,
    };
  }

  #matcher(node: SyntaxNode): LabelMatcher {
    const [label, operatorNode, value] = childrenOf(node);
    const name =
      label.name === 'QuotedLabelName'
        ? this.#string(childrenOf(label)[0])
        : this.#text(label);
    const operator = this.#text(operatorNode);
    if (!isMatchOperator(operator)) {
      throw this.#error(`unexpected "${operator}"`, operatorNode.from);
    }
    try {
      return labelMatcher(name, operator, this.#string(value));
    } catch (error) {
      if (error instanceof Re2SyntaxError) {
        throw this.#error(error.message, node.from);
      }
      throw error;
    }
  }

  #offset(node: SyntaxNode, children: SyntaxNode[]): Expression {
    const offsetMilliseconds = this.#duration(children[2]);
    return this.#shifted(
      node,
      (shift, place) => {
        if (shift.offsetMilliseconds !== 0) {
          throw this.#error('offset may not be set multiple times', place);
        }
        return { ...shift, offsetMilliseconds };
      },
      'offset modifier',
    );
  }

  #at(node: SyntaxNode, children: SyntaxNode[]): Expression {
    const [, , time] = children;
    let at: TimeShift['at'];
    if (time.name === 'AtModifierPreprocessors') {
      at = childrenOf(time)[0].name === 'AtStart' ? 'start' : 'end';
    } else {
      const seconds = this.#number(time);
      if (!Number.isFinite(seconds)) {
        throw this.#error(
          `timestamp out of bounds for @ modifier: ${this.#text(time)}`,
          node.from,
        );
      }
      at = Math.round(seconds * 1000);
    }
    return this.#shifted(
      node,
      (shift, place) => {
        if (shift.at !== undefined) {
          throw this.#error(
            '@ <timestamp> may not be set multiple times',
            place,
          );
        }
        return { ...shift, at };
      },
      '@ modifier',
    );
  }

  #shifted(
    node: SyntaxNode,
    change: (shift: TimeShift, place: number) => TimeShift,
    modifier: string,
  ): Expression {
    return this.#postfix(node, operand => {
      switch (operand.kind) {
        case 'vectorSelector':
        case 'subquery':
          return { ...operand, ...change(operand, operand.from), to: node.to };
        case 'matrixSelector': {
          const { selector } = operand;
          return {
            ...operand,
            selector: { ...selector, ...change(selector, operand.from) },
            to: node.to,
          };
        }
        default:
          throw this.#error(
            `${modifier} must be preceded by an instant vector selector or range vector selector or a subquery`,
            operand.from,
          );
      }
    });
  }

  #binary(node: SyntaxNode, children: SyntaxNode[]): Expression {
    const [leftNode, operatorNode] = children;
    const rightNode = children[children.length - 1];
    const operator = this.#text(operatorNode);
    let bool = false;
    let matching: Matching = { labels: [], include: [] };
    for (const modifier of children.slice(2, -1)) {
      switch (modifier.name) {
        case 'BoolModifier':
          bool = true;
          break;
        case 'MatchingModifierClause':
          matching = this.#matching(modifier);
          break;
        default:
          throw this.#error(
            `${this.#text(modifier)} is experimental and not enabled`,
            modifier.from,
          );
      }
    }
    if (operator === '</' || operator === '>/') {
      throw this.#error(
        `operator ${operator} works on native histograms, which the embedded Prometheus does not have`,
        operatorNode.from,
      );
    }
    const right = this.read(rightNode);
    const binary = (left: Expression, span: Span): Expression => ({
      kind: 'binary',
      operator,
      operatorFrom: operatorNode.from,
      bool,
      matching,
      left,
      right,
      ...span,
    });
    // A sign binds weaker than ^, but the grammar reads it as part of a number.
    const sign = this.#query[leftNode.from];
    if (
      operator === '^' &&
      leftNode.name === 'NumberDurationLiteral' &&
      (sign === '-' || sign === '+')
    ) {
      const value = Math.abs(this.#number(leftNode));
      const from = leftNode.from + 1;
      return {
        kind: 'unary',
        operator: sign,
        expression: binary(
          { kind: 'number', value, from, to: leftNode.to },
          { from, to: node.to },
        ),
        from: node.from,
        to: node.to,
      };
    }
    return binary(this.read(leftNode), { from: node.from, to: node.to });
  }

  #matching(node: SyntaxNode): Matching {
    const children = childrenOf(node);
    const grouped = children.findIndex(
      ({ name }) => name.startsWith('Group') && name !== 'GroupingLabels',
    );
    const includeNode = grouped < 0 ? undefined : children[grouped + 1];
    return {
      clause: children[0].name === 'On' ? 'on' : 'ignoring',
      labels: this.#labelNames(children[1]),
      ...(grouped < 0
        ? {}
        : { group: children[grouped].name === 'GroupLeft' ? 'left' : 'right' }),
      include: includeNode ? this.#labelNames(includeNode) : [],
    };
  }

  #labelNames(node: SyntaxNode): string[] {
    return childrenOf(node).map(child =>
      child.name === 'QuotedLabelName'
        ? this.#string(childrenOf(child)[0])
        : this.#text(child),
    );
  }

  #call(node: SyntaxNode, children: SyntaxNode[]): Expression {
    const name = this.#text(children[0]);
    if (EXPERIMENTAL_FUNCTIONS.has(name)) {
      throw this.#error(`function "${name}" is not enabled`, node.from);
    }
    return {
      kind: 'call',
      name,
      arguments: childrenOf(children[1]).map(child => this.read(child)),
      from: node.from,
      to: node.to,
    };
  }

  #aggregation(node: SyntaxNode, children: SyntaxNode[]): Expression {
    const operator = this.#text(children[0]).toLowerCase();
    if (EXPERIMENTAL_AGGREGATIONS.has(operator)) {
      throw this.#error(
        `${operator}() is experimental and must be enabled with --enable-feature=promql-experimental-functions`,
        node.from,
      );
    }
    let grouping: Grouping = { without: false, labels: [] };
    let given: Expression[] = [];
    for (const child of children.slice(1)) {
      if (child.name === 'AggregateModifier') {
        const [clause, labels] = childrenOf(child);
        grouping = {
          without: clause.name === 'Without',
          labels: this.#labelNames(labels),
        };
      } else {
        given = childrenOf(child).map(argument => this.read(argument));
      }
    }
    const takesParameter = AGGREGATION_PARAMETERS.has(operator);
    const expected = takesParameter ? 2 : 1;
    if (given.length !== expected) {
      throw this.#error(
        `wrong number of arguments for aggregate expression provided, expected ${expected}, got ${given.length}`,
        node.from,
      );
    }
    return {
      kind: 'aggregation',
      operator,
      grouping,
      expression: given[given.length - 1],
      ...(takesParameter ? { parameter: given[0] } : {}),
      from: node.from,
      to: node.to,
    };
  }
}

/** The first place where the grammar was lost. */
function checkSyntax(query: string, top: SyntaxNode): void {
  let position: number | undefined;
  top.cursor().iterate(node => {
    if (node.type.isError && position === undefined) {
      position = node.from;
    }
  });
  if (position === undefined) {
    return;
  }
  const rest = query.slice(position).trim();
  const unknownFunction = /^([A-Za-z_:][\w:]*)\s*\(/.exec(
    query.slice(query.slice(0, position).search(/[A-Za-z_:][\w:]*\s*$/)),
  );
  if (rest.startsWith('(') && unknownFunction) {
    throw new PromqlParseError(
      `unknown function with name "${unknownFunction[1]}"`,
      position - unknownFunction[1].length,
      query,
    );
  }
  throw new PromqlParseError(
    rest === ''
      ? 'unexpected end of input'
      : `unexpected ${JSON.stringify(rest)}`,
    position,
    query,
  );
}

/**
 * Parses PromQL and checks that its types fit.
 *
 * @throws PromqlParseError
 */
export function parsePromql(query: string): Expression {
  const top = parser.parse(query).topNode;
  const [root, ...others] = childrenOf(top);
  if (query.trim() === '' || root === undefined) {
    throw new PromqlParseError(
      'no expression found in input',
      undefined,
      query,
    );
  }
  checkSyntax(query, top);
  if (others.length > 0) {
    throw new PromqlParseError(
      `unexpected ${JSON.stringify(query.slice(others[0].from))}`,
      others[0].from,
      query,
    );
  }
  const expression = new ExpressionReader(query).read(root);
  checkTypes(query, expression);
  return expression;
}
