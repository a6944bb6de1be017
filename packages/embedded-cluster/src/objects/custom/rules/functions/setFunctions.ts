import { isDeepStrictEqual } from 'node:util';
import type { Environment } from '@marcbachmann/cel-js';

/** What `sets` means in an expression. */
class SetsNamespace {}

/** `sets.contains`, `sets.equivalent` and `sets.intersects`. */
export function registerSetFunctions(environment: Environment): void {
  const has = (list: unknown[], wanted: unknown) =>
    list.some(one => isDeepStrictEqual(one, wanted));
  const contains = (list: unknown[], wanted: unknown[]) =>
    wanted.every(one => has(list, one));
  const overload = (
    name: string,
    holds: (a: unknown[], b: unknown[]) => boolean,
  ) =>
    environment.registerFunction(
      `SetsNamespace.${name}(list<T>, list<T>): bool`,
      (_: SetsNamespace, a: unknown[], b: unknown[]) => holds(a, b),
    );
  environment
    .registerType('SetsNamespace', SetsNamespace)
    .registerConstant('sets', 'SetsNamespace', new SetsNamespace());
  overload('contains', contains);
  overload('equivalent', (a, b) => contains(a, b) && contains(b, a));
  overload('intersects', (a, b) => a.some(one => has(b, one)));
}
