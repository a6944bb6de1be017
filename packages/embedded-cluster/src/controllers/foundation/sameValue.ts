import { isDeepStrictEqual } from 'node:util';
import { asJson } from './asJson';

/** Equal as JSON: a field that is undefined is a field that is absent. */
export function sameValue(a: unknown, b: unknown): boolean {
  return isDeepStrictEqual(present(a), present(b));
}

function present(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? asJson(value) : value;
}
