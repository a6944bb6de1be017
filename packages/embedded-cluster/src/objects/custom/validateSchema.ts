import { ownMember } from '../../model/ownMember';
import type { ErrorObject } from 'ajv';
import type { TypeSchema } from '../../model/TypeSchema';
import type { FieldErrors } from '../validating/FieldErrors';
import { describeError, NO_FIELD } from './describeError';
import { checkNode } from './nodeChecks';

/**
 * Checks an object of a definition's kind against its schema, after pruning
 * and defaults.
 */
export function validateSchema(
  value: unknown,
  schema: TypeSchema,
  errors: FieldErrors,
): void {
  for (const name of schema.propertyNames()) {
    // Metadata is checked as that of every object.
    if (name !== 'metadata' && name !== 'apiVersion' && name !== 'kind') {
      walkProperty(value, name, schema, '', errors);
    }
  }
  checkRequired(value, schema, '', errors);
  report(checkNode(schema, value), '', value, errors);
}

function walk(
  value: unknown,
  schema: TypeSchema,
  path: string,
  errors: FieldErrors,
): void {
  if (value === null && schema.nullable) {
    return;
  }
  const type = jsonType(value);
  const wanted = schema.intOrString ? 'integer,string' : schema.type;
  if (wanted !== undefined && !fits(type, wanted)) {
    errors.typeInvalid(
      path,
      type,
      `${path} in body must be of type ${wanted}: ${JSON.stringify(type)}`,
    );
    if (wanted === 'integer' && type === 'number') {
      errors.invalid(
        NO_FIELD,
        '',
        `Checked value must be of type integer (default format) in ${path}`,
      );
    }
    return;
  }
  if (Array.isArray(value)) {
    const { items } = schema;
    if (items) {
      value.forEach((child, index) =>
        walk(child, items, `${path}[${index}]`, errors),
      );
    }
    checkUnique(value, schema, path, errors);
  } else if (typeof value === 'object' && value !== null) {
    walkObject(value as Record<string, unknown>, schema, path, errors);
  }
  report(checkNode(schema, value), path, value, errors);
}

function walkObject(
  value: Record<string, unknown>,
  schema: TypeSchema,
  path: string,
  errors: FieldErrors,
): void {
  for (const name of Object.keys(value)) {
    walkProperty(value, name, schema, path, errors);
  }
  checkRequired(value, schema, path, errors);
  if (schema.embeddedResource) {
    for (const name of ['apiVersion', 'kind']) {
      if (typeof value[name] !== 'string' || value[name] === '') {
        errors.required(`${path}.${name}`);
      }
    }
  }
}

function walkProperty(
  value: unknown,
  name: string,
  schema: TypeSchema,
  path: string,
  errors: FieldErrors,
): void {
  const child = (value as Record<string, unknown>)[name];
  const field = schema.property(name) ?? schema.additionalProperties;
  if (child !== undefined && field) {
    walk(child, field, path === '' ? name : `${path}.${name}`, errors);
  }
}

function checkRequired(
  value: unknown,
  schema: TypeSchema,
  path: string,
  errors: FieldErrors,
): void {
  for (const name of schema.required) {
    if (ownMember(value as Record<string, unknown>, name) === undefined) {
      errors.required(path === '' ? name : `${path}.${name}`);
    }
  }
}

/** Items of sets, and keys of the items of maps, are there once. */
function checkUnique(
  items: readonly unknown[],
  { listType, listMapKeys }: TypeSchema,
  path: string,
  errors: FieldErrors,
): void {
  if (listType === 'atomic') {
    return;
  }
  const seen = new Set<string>();
  items.forEach((item, index) => {
    const key = listType === 'set' ? item : keyOf(item, listMapKeys);
    const text = JSON.stringify(key);
    if (seen.has(text)) {
      errors.duplicate(`${path}[${index}]`, key);
    }
    seen.add(text);
  });
}

function keyOf(item: unknown, keys: readonly string[]): unknown {
  const fields =
    typeof item === 'object' && item !== null
      ? (item as Record<string, unknown>)
      : {};
  return Object.fromEntries(
    keys
      .filter(key => fields[key] !== undefined)
      .map(key => [key, fields[key]]),
  );
}

function jsonType(value: unknown): string {
  if (value === null) {
    return 'null';
  }
  if (Array.isArray(value)) {
    return 'array';
  }
  if (typeof value === 'number') {
    return Number.isInteger(value) ? 'integer' : 'number';
  }
  return typeof value;
}

function fits(type: string, wanted: string): boolean {
  return (
    type === wanted ||
    (wanted === 'number' && type === 'integer') ||
    (wanted === 'integer,string' && (type === 'integer' || type === 'string'))
  );
}

/** Of ajv's errors, those of the node itself; those inside alternatives come after the one about these. */
function report(
  found: readonly ErrorObject[],
  path: string,
  value: unknown,
  errors: FieldErrors,
): void {
  const own = firstOfText(
    found.filter(({ schemaPath }) => !inAlternative(schemaPath)),
  );
  for (const error of own) {
    describeError(error, path, value, errors);
    if (
      (error.keyword === 'oneOf' || error.keyword === 'anyOf') &&
      !error.params.passingSchemas
    ) {
      // The server tells what the first alternative misses.
      for (const inner of found) {
        if (
          inner.schemaPath.startsWith(`#/${error.keyword}/0/`) &&
          inner !== error
        ) {
          describeError(
            inner,
            path + pathOf(inner.instancePath),
            inner.data,
            errors,
          );
        }
      }
    }
  }
}

/** Of what is wrong with a text, the server tells the first. */
const TEXT_KEYWORDS = ['maxLength', 'minLength', 'pattern'];

function firstOfText(found: ErrorObject[]): ErrorObject[] {
  const first = TEXT_KEYWORDS.find(keyword =>
    found.some(error => error.keyword === keyword),
  );
  return found.filter(
    ({ keyword }) => !TEXT_KEYWORDS.includes(keyword) || keyword === first,
  );
}

function inAlternative(schemaPath: string): boolean {
  return /^#\/(?:anyOf|oneOf|not)\/./.test(schemaPath);
}

function pathOf(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map(step => (/^\d+$/.test(step) ? `[${step}]` : `.${step}`))
    .join('');
}
