import type { Environment } from '@marcbachmann/cel-js';
import { Quantity } from './Quantity';
import type { Refuse } from './Refuse';

const TYPE = 'kubernetes.Quantity';
const NONE =
  "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

/** `quantity("1.5Gi")` and what can be asked of it. */
export function registerQuantityFunctions(
  environment: Environment,
  refuse: Refuse,
): void {
  environment
    .registerType(TYPE, Quantity)
    .registerOperator(
      `${TYPE} == ${TYPE}`,
      (a: Quantity, b: Quantity) => a.nanos === b.nanos,
    )
    .registerFunction(
      'isQuantity(string): bool',
      (text: string) => Quantity.parse(text) !== undefined,
    )
    .registerFunction(`quantity(string): ${TYPE}`, (text: string) => {
      const quantity = Quantity.parse(text);
      if (quantity === undefined) {
        throw refuse(NONE);
      }
      return quantity;
    })
    .registerFunction(
      `${TYPE}.isInteger(): bool`,
      (one: Quantity) => one.integer !== undefined,
    )
    .registerFunction(`${TYPE}.asInteger(): int`, (one: Quantity) => {
      if (one.integer === undefined) {
        throw refuse('cannot convert value to integer');
      }
      return one.integer;
    })
    .registerFunction(
      `${TYPE}.asApproximateFloat(): double`,
      (one: Quantity) => one.approximately,
    )
    .registerFunction(
      `${TYPE}.isGreaterThan(${TYPE}): bool`,
      (a: Quantity, b: Quantity) => a.nanos > b.nanos,
    )
    .registerFunction(
      `${TYPE}.isLessThan(${TYPE}): bool`,
      (a: Quantity, b: Quantity) => a.nanos < b.nanos,
    )
    .registerFunction(
      `${TYPE}.compareTo(${TYPE}): int`,
      (a: Quantity, b: Quantity) => a.compareTo(b),
    );
  for (const [name, combine] of [
    ['add', (a: Quantity, b: Quantity) => a.plus(b)],
    ['sub', (a: Quantity, b: Quantity) => a.minus(b)],
  ] as const) {
    environment
      .registerFunction(`${TYPE}.${name}(${TYPE}): ${TYPE}`, combine)
      .registerFunction(
        `${TYPE}.${name}(int): ${TYPE}`,
        (a: Quantity, b: bigint) => combine(a, Quantity.of(b)),
      );
  }
}
