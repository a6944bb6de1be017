import type { SyntaxNode } from '@lezer/common';
import {
  arrangeOperators,
  type ChainItem,
  type ChainOperator,
} from './arrangeOperators';
import type {
  Aggregation,
  Expression,
  Grouping,
  Matching,
  TimeShift,
} from './expression';
import {
  AGGREGATION_PARAMETERS,
  EXPERIMENTAL_AGGREGATIONS,
  EXPERIMENTAL_FUNCTIONS,
} from './functionSignatures';
import { childrenOf, QuerySource } from './QuerySource';
import { readVectorSelector } from './readVectorSelector';

/** Makes expressions of the grammar's tree, which has no errors in it. Each method throws PromqlParseError. */
export class ExpressionReader {
  readonly #source: QuerySource;

  constructor(query: string) {
    this.#source = new QuerySource(query);
  }

  read(node: SyntaxNode): Expression {
    return arrangeOperators(this.#chain(node));
  }

  /** What stands between parentheses, or in none, from left to right. */
  #chain(node: SyntaxNode): ChainItem[] {
    const children = childrenOf(node);
    switch (node.name) {
      case 'BinaryExpr':
        return [
          ...this.#chain(children[0]),
          { kind: 'operator', operator: this.#operator(children) },
          ...this.#chain(children[children.length - 1]),
        ];
      case 'UnaryExpr':
        return [this.#sign(children[0].from), ...this.#chain(children[1])];
      case 'NumberDurationLiteral':
        return this.#number(node);
      case 'MatrixSelector':
        return this.#behind(node, operand =>
          this.#matrixSelector(operand, children[1], node.to),
        );
      case 'SubqueryExpr':
        return this.#behind(node, operand => ({
          kind: 'subquery',
          expression: operand,
          rangeMilliseconds: this.#source.positiveDuration(children[1]),
          ...(children[2] === undefined
            ? {}
            : {
                stepMilliseconds: this.#source.positiveDuration(children[2]),
              }),
          offsetMilliseconds: 0,
          from: operand.from,
          to: node.to,
        }));
      case 'OffsetExpr':
        return this.#behind(node, operand =>
          this.#offset(operand, children[2], node.to),
        );
      case 'StepInvariantExpr':
        return this.#behind(node, operand =>
          this.#at(operand, children[2], node.to),
        );
      default:
        return [{ kind: 'operand', operand: this.#operand(node, children) }];
    }
  }

  #operand(node: SyntaxNode, children: SyntaxNode[]): Expression {
    const span = { from: node.from, to: node.to };
    switch (node.name) {
      case 'StringLiteral':
        return { kind: 'string', value: this.#source.string(node), ...span };
      case 'VectorSelector':
        return readVectorSelector(this.#source, node);
      case 'ParenExpr':
        return {
          kind: 'parentheses',
          expression: this.read(children[0]),
          ...span,
        };
      case 'FunctionCall':
        return this.#call(node, children);
      case 'AggregateExpr':
        return this.#aggregation(node, children);
      case 'AnchoredExpr':
      case 'SmoothedExpr':
        throw this.#source.error(
          'anchored and smoothed modifiers are experimental and not enabled',
          node.from,
        );
      default:
        throw this.#source.error(
          `unexpected ${JSON.stringify(this.#source.text(node))}`,
          node.from,
        );
    }
  }

  #sign(from: number): ChainItem {
    return {
      kind: 'sign',
      sign: this.#source.query[from] === '-' ? '-' : '+',
      from,
    };
  }

  /** The grammar takes a sign for a part of the number, but it binds weaker than `^`. */
  #number(node: SyntaxNode): ChainItem[] {
    const hasSign = /^[+-]/.test(this.#source.text(node));
    const span = { from: hasSign ? node.from + 1 : node.from, to: node.to };
    const operand: Expression = {
      kind: 'number',
      value: this.#source.number(span),
      ...span,
    };
    return [
      ...(hasSign ? [this.#sign(node.from)] : []),
      { kind: 'operand', operand },
    ];
  }

  /** Applies what stands behind an operand to that operand alone: `a + b offset 1m` shifts only b. */
  #behind(
    node: SyntaxNode,
    apply: (operand: Expression) => Expression,
  ): ChainItem[] {
    const chain = this.#chain(childrenOf(node)[0]);
    const last = chain.pop();
    if (last?.kind !== 'operand') {
      throw new TypeError('a chain ends with an operand');
    }
    return [...chain, { kind: 'operand', operand: apply(last.operand) }];
  }

  #matrixSelector(
    selector: Expression,
    range: SyntaxNode,
    to: number,
  ): Expression {
    const bracket = this.#source.query.indexOf('[', selector.to);
    if (selector.kind !== 'vectorSelector') {
      throw this.#source.error(
        'ranges only allowed for vector selectors',
        bracket,
      );
    }
    if (selector.offsetMilliseconds !== 0 || selector.at !== undefined) {
      throw this.#source.error(
        'no offset modifiers allowed before range',
        bracket,
      );
    }
    return {
      kind: 'matrixSelector',
      selector,
      rangeMilliseconds: this.#source.positiveDuration(range),
      from: selector.from,
      to,
    };
  }

  #offset(operand: Expression, duration: SyntaxNode, to: number): Expression {
    const offsetMilliseconds = this.#source.duration(duration);
    return this.#shifted(operand, to, 'offset modifier', shift => {
      if (shift.offsetMilliseconds !== 0) {
        throw this.#source.error(
          'offset may not be set multiple times',
          operand.from,
        );
      }
      return { ...shift, offsetMilliseconds };
    });
  }

  #at(operand: Expression, time: SyntaxNode, to: number): Expression {
    let at: TimeShift['at'];
    if (time.name === 'AtModifierPreprocessors') {
      at = childrenOf(time)[0].name === 'AtStart' ? 'start' : 'end';
    } else {
      const seconds = this.#source.number(time);
      if (!(Math.abs(seconds * 1000) < 2 ** 63)) {
        throw this.#source.error(
          `timestamp out of bounds for @ modifier: ${formatFixed(seconds)}`,
          operand.from,
        );
      }
      at = Math.round(seconds * 1000);
    }
    return this.#shifted(operand, to, '@ modifier', shift => {
      if (shift.at !== undefined) {
        throw this.#source.error(
          '@ <timestamp> may not be set multiple times',
          operand.from,
        );
      }
      return { ...shift, at };
    });
  }

  #shifted(
    operand: Expression,
    to: number,
    modifier: string,
    change: (shift: TimeShift) => TimeShift,
  ): Expression {
    switch (operand.kind) {
      case 'vectorSelector':
      case 'subquery':
        return { ...operand, ...change(operand), to };
      case 'matrixSelector': {
        const { selector } = operand;
        return {
          ...operand,
          selector: { ...selector, ...change(selector) },
          to,
        };
      }
      default:
        throw this.#source.error(
          `${modifier} must be preceded by an instant vector selector or range vector selector or a subquery`,
          operand.from,
        );
    }
  }

  #operator(children: readonly SyntaxNode[]): ChainOperator {
    const [, node] = children;
    const operator = this.#source.text(node);
    if (operator === '</' || operator === '>/') {
      throw this.#source.error(
        `operator ${operator} works on native histograms, which the embedded Prometheus does not have`,
        node.from,
      );
    }
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
          throw this.#source.error(
            `${this.#source.text(modifier)} is experimental and not enabled`,
            modifier.from,
          );
      }
    }
    return { operator, operatorFrom: node.from, bool, matching };
  }

  #matching(node: SyntaxNode): Matching {
    const [clause, labels, group, include] = childrenOf(node);
    return {
      clause: clause.name === 'On' ? 'on' : 'ignoring',
      labels: this.#source.labelNames(labels),
      ...(group
        ? { group: group.name === 'GroupLeft' ? 'left' : 'right' }
        : {}),
      include: include ? this.#source.labelNames(include) : [],
    };
  }

  #call(node: SyntaxNode, children: SyntaxNode[]): Expression {
    const name = this.#source.text(children[0]);
    if (EXPERIMENTAL_FUNCTIONS.has(name)) {
      throw this.#source.error(`function "${name}" is not enabled`, node.from);
    }
    return {
      kind: 'call',
      name,
      arguments: childrenOf(children[1]).map(child => this.read(child)),
      from: node.from,
      to: node.to,
    };
  }

  #aggregation(node: SyntaxNode, children: SyntaxNode[]): Aggregation {
    const operator = this.#source.text(children[0]).toLowerCase();
    if (EXPERIMENTAL_AGGREGATIONS.has(operator)) {
      throw this.#source.error(
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
          labels: this.#source.labelNames(labels),
        };
      } else {
        given = childrenOf(child).map(argument => this.read(argument));
      }
    }
    const takesParameter = AGGREGATION_PARAMETERS.has(operator);
    const expected = takesParameter ? 2 : 1;
    if (given.length !== expected) {
      throw this.#source.error(
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

/** As Go's `%f` writes a number that is too large to have a fraction, or is none. */
function formatFixed(value: number): string {
  if (Number.isFinite(value)) {
    return `${BigInt(Math.trunc(value))}.000000`;
  }
  return Number.isNaN(value) ? 'NaN' : `${value > 0 ? '+' : '-'}Inf`;
}
