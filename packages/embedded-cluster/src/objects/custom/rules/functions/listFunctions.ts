import type { Environment } from '@marcbachmann/cel-js';
import type { Refuse } from './Refuse';

type Ordered = bigint | number | string | boolean | Date;

const ORDERED = ['int', 'double', 'string', 'bool', 'bytes'];
const TIMES = ['google.protobuf.Timestamp', 'google.protobuf.Duration'];

/** What Kubernetes and the CEL library for lists add to lists. */
export function registerListFunctions(
  environment: Environment,
  refuse: Refuse,
): void {
  const extreme =
    (name: string, isBetter: (a: Ordered, b: Ordered) => boolean) =>
    (list: Ordered[]): Ordered => {
      if (list.length === 0) {
        throw refuse(`${name} called on empty list`);
      }
      return list.reduce((best, one) => (isBetter(one, best) ? one : best));
    };
  for (const type of [...ORDERED, ...TIMES]) {
    environment
      .registerFunction(`list<${type}>.isSorted(): bool`, (list: Ordered[]) =>
        list.every((one, index) => index === 0 || list[index - 1] <= one),
      )
      .registerFunction(
        `list<${type}>.min(): ${type}`,
        extreme('min', (a, b) => a < b),
      )
      .registerFunction(
        `list<${type}>.max(): ${type}`,
        extreme('max', (a, b) => a > b),
      )
      .registerFunction(
        `list<${type}>.sort(): list<${type}>`,
        (list: Ordered[]) => [...list].sort((a, b) => compare(a, b)),
      );
  }
  environment
    .registerFunction('list<int>.sum(): int', (list: bigint[]) =>
      list.reduce((sum, one) => sum + one, 0n),
    )
    .registerFunction('list<double>.sum(): double', (list: number[]) =>
      list.reduce((sum, one) => sum + one, 0),
    );
  for (const type of ORDERED) {
    environment
      .registerFunction(
        `list<${type}>.indexOf(${type}): int`,
        (list: Ordered[], wanted: Ordered) => BigInt(list.indexOf(wanted)),
      )
      .registerFunction(
        `list<${type}>.lastIndexOf(${type}): int`,
        (list: Ordered[], wanted: Ordered) => BigInt(list.lastIndexOf(wanted)),
      );
  }
  environment
    .registerFunction('list<T>.reverse(): list<T>', (list: unknown[]) =>
      [...list].reverse(),
    )
    .registerFunction(
      'list<T>.slice(int, int): list<T>',
      (list: unknown[], start: bigint, end: bigint) => {
        if (start < 0n || end < start || end > BigInt(list.length)) {
          throw refuse(
            `cannot slice(${start}, ${end}), list is length ${list.length}`,
          );
        }
        return list.slice(Number(start), Number(end));
      },
    )
    .registerFunction('list<list<T>>.flatten(): list<T>', (list: unknown[]) =>
      list.flat(),
    );
}

function compare(a: Ordered, b: Ordered): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
