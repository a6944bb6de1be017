import type {
  BinaryExpression,
  Expression,
  UnaryExpression,
} from './expression';

/** An operator between two operands, with its modifiers. */
export type ChainOperator = Pick<
  BinaryExpression,
  'operator' | 'operatorFrom' | 'bool' | 'matching'
>;

/** Operands, signs and operators as they stand in the query, from left to right. */
export type ChainItem =
  | { kind: 'operand'; operand: Expression }
  | { kind: 'sign'; sign: UnaryExpression['operator']; from: number }
  | { kind: 'operator'; operator: ChainOperator };

/** From weak to strong; those of one line are equally strong. */
const STRENGTHS: readonly (readonly string[])[] = [
  ['or'],
  ['and', 'unless'],
  ['==', '!=', '<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/', '%', 'atan2'],
  ['^'],
];
const POWER = STRENGTHS.length - 1;

function strengthOf({ operator }: ChainOperator): number {
  return STRENGTHS.findIndex(line => line.includes(operator.toLowerCase()));
}

class Chain {
  readonly #items: readonly ChainItem[];
  #at = 0;

  constructor(items: readonly ChainItem[]) {
    this.#items = items;
  }

  /** As far as the operators are at least so strong. */
  take(leastStrength: number): Expression {
    let left = this.#takeOperand();
    for (;;) {
      const item = this.#items[this.#at];
      if (item?.kind !== 'operator') {
        return left;
      }
      const strength = strengthOf(item.operator);
      if (strength < leastStrength) {
        return left;
      }
      this.#at += 1;
      const right = this.take(strength === POWER ? POWER : strength + 1);
      left = {
        kind: 'binary',
        ...item.operator,
        left,
        right,
        from: left.from,
        to: right.to,
      };
    }
  }

  #takeOperand(): Expression {
    const item = this.#items[this.#at];
    this.#at += 1;
    switch (item?.kind) {
      case 'operand':
        return item.operand;
      case 'sign': {
        const expression = this.take(POWER);
        return {
          kind: 'unary',
          operator: item.sign,
          expression,
          from: item.from,
          to: expression.to,
        };
      }
      default:
        throw new TypeError('an operator stands where an operand belongs');
    }
  }
}

/**
 * Builds the expression that a chain of operators means. A sign binds as
 * strong as `*`, so that `-2 ^ 2` is -4.
 *
 * @remarks
 * The grammar's own tree cannot be used for this: it gives what stands behind
 * an operand (`offset`, `@`, a range) to all that stands before it.
 */
export function arrangeOperators(chain: readonly ChainItem[]): Expression {
  return new Chain(chain).take(0);
}
