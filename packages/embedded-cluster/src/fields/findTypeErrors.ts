import { asList, asMap, fieldType, shapeOf } from './shapeOf';
import { listElement } from './listElement';
import type { ListMergeType, MapMergeType, MergeType } from './mergeType';
import {
  fieldElement,
  printPathElement,
  type PathElement,
} from './pathElement';
import { printGoSyntax, printGoType, printGoValue } from './printGo';

/** What of a value is not of its type, in the words of the API server. */
export interface TypeError {
  /** Such as `.spec.ports[0]`; empty for the whole object. */
  path: string;
  message: string;
}

/**
 * What an object has that its type does not allow. Of each object only the
 * first undeclared field is named, as the API server does.
 *
 * @param allowDuplicates - two items with the same keys are no error, as in objects that were stored by other means than apply
 */
export function findTypeErrors(
  type: MergeType,
  value: unknown,
  allowDuplicates: boolean,
): TypeError[] {
  const shape = shapeOf(type, value);
  switch (shape.kind) {
    case 'map':
      return inMap(shape.type, value, allowDuplicates);
    case 'list':
      return inList(shape.type, value, allowDuplicates);
    default: {
      const message = scalarError(shape.type, value);
      return message === undefined ? [] : [{ path: '', message }];
    }
  }
}

/** One line, or a list of them under a heading. */
export function printTypeErrors(errors: readonly TypeError[]): string {
  const lines = errors.map(({ path, message }) =>
    path === '' ? message : `${path}: ${message}`,
  );
  return lines.length === 1
    ? lines[0]
    : ['errors:', ...lines.map(line => `  ${line}`)].join('\n');
}

function scalarError(
  type: NonNullable<MergeType['scalar']>,
  value: unknown,
): string | undefined {
  if (value === null || value === undefined) {
    return undefined;
  }
  switch (type) {
    case 'numeric':
      return typeof value === 'number'
        ? undefined
        : `expected numeric (int or float), got ${printGoType(value)}`;
    case 'string':
      return typeof value === 'string'
        ? undefined
        : `expected string, got &value.valueUnstructured{Value:${printGoSyntax(
            value,
          )}}`;
    case 'boolean':
      return typeof value === 'boolean'
        ? undefined
        : `expected boolean, got &{${printGoValue(value)}}`;
    default:
      return typeof value === 'object'
        ? `expected any scalar, got &{${printGoValue(value)}}`
        : undefined;
  }
}

function inMap(
  type: MapMergeType,
  value: unknown,
  allowDuplicates: boolean,
): TypeError[] {
  const map = asMap(value);
  if (!map) {
    return value === null || value === undefined
      ? []
      : [{ path: '', message: `expected map, got &{${printGoValue(value)}}` }];
  }
  const errors: TypeError[] = [];
  for (const name of Object.keys(map)) {
    const child = fieldType(type, name);
    if (!child) {
      errors.push({
        path: `.${name}`,
        message: 'field not declared in schema',
      });
      break;
    }
    below(
      errors,
      fieldElement(name),
      findTypeErrors(child, map[name], allowDuplicates),
    );
  }
  return errors;
}

function inList(
  type: ListMergeType,
  value: unknown,
  allowDuplicates: boolean,
): TypeError[] {
  const list = asList(value);
  if (!list) {
    return value === null || value === undefined
      ? []
      : [{ path: '', message: `expected list, got &{${printGoValue(value)}}` }];
  }
  const errors: TypeError[] = [];
  const seen = new Set<PathElement>();
  for (const [at, item] of list.entries()) {
    let element = `i:${at}`;
    if (!type.atomic) {
      const found = listElement(type, item);
      if (found.status === 'invalid') {
        errors.push({ path: '', message: `element ${at}: ${found.reason}` });
        return errors;
      }
      element = found.element;
      if (seen.has(element) && !allowDuplicates) {
        errors.push({
          path: '',
          message: `duplicate entries for key ${printPathElement(element)}`,
        });
      }
      seen.add(element);
    }
    below(errors, element, findTypeErrors(type.element, item, allowDuplicates));
  }
  return errors;
}

function below(
  errors: TypeError[],
  element: PathElement,
  found: readonly TypeError[],
): void {
  for (const { path, message } of found) {
    errors.push({ path: `${printPathElement(element)}${path}`, message });
  }
}
