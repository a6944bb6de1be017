import type { ResourceType } from '../../model/ResourceType';
import { printGoType, printGoValue } from '../../fields';
import type { FieldErrors } from '../validating/FieldErrors';
import { isRecord } from '../../model/jsonRecord';

const LARGEST = 2 ** 31 - 1;

/** What a kind's scale subresource reads must be numbers of replicas. */
export function validateScale(
  { scale }: ResourceType,
  object: unknown,
  errors: FieldErrors,
): void {
  if (!scale) {
    return;
  }
  for (const path of [scale.specReplicasPath, scale.statusReplicasPath]) {
    const { value, problem } = lookUp(object, path);
    if (problem !== undefined) {
      errors.invalid(path, 0, problem);
    } else if (typeof value !== 'number') {
      continue;
    } else if (value < 0) {
      errors.invalid(path, value, 'should be a non-negative integer');
    } else if (value > LARGEST) {
      errors.invalid(path, value, `should be less than or equal to ${LARGEST}`);
    }
  }
}

/** @param path - such as `.spec.replicas` */
function lookUp(
  object: unknown,
  path: string,
): { value?: unknown; problem?: string } {
  let value: unknown = object;
  let at = '';
  for (const name of path.split('.').slice(1)) {
    if (!isRecord(value)) {
      return { problem: wrong(at, value, 'map[string]interface{}') };
    }
    if (!Object.hasOwn(value, name)) {
      return {};
    }
    value = value[name];
    at += `.${name}`;
  }
  return Number.isInteger(value)
    ? { value }
    : { problem: wrong(at, value, 'int64') };
}

function wrong(path: string, value: unknown, expected: string): string {
  return `${path} accessor error: ${printGoValue(
    value,
  )} is of the type ${printGoType(value)}, expected ${expected}`;
}
