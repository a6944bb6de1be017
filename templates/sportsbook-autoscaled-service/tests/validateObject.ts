import { promises as fs } from 'node:fs';
import Ajv, { ValidateFunction } from 'ajv';
import { definitionPath } from './definitions';

/** As the API server does with `fieldValidation: Strict`: a field that no definition has is a mistake. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(closed);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const schema = Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key, closed(child)]),
  );
  const isOpen =
    'additionalProperties' in schema ||
    schema['x-kubernetes-preserve-unknown-fields'] === true;
  return typeof schema.properties === 'object' &&
    schema.type === 'object' &&
    !isOpen
    ? { ...schema, additionalProperties: false }
    : schema;
}

const validators = new Map<string, ValidateFunction>();

async function validatorOf(object: {
  apiVersion: string;
  kind: string;
}): Promise<ValidateFunction> {
  const path = definitionPath(object);
  const known = validators.get(path);
  if (known !== undefined) {
    return known;
  }
  // OpenAPI's formats (int32) and extensions (x-kubernetes-…) are not JSON Schema's.
  const ajv = new Ajv({
    strict: false,
    validateFormats: false,
    allErrors: true,
  });
  const schema: unknown = JSON.parse(await fs.readFile(path, 'utf8'));
  const validate = ajv.compile(closed(schema) as object);
  validators.set(path, validate);
  return validate;
}

/** What the recorded definition of its kind says against this object; empty: nothing. */
export async function validateObject(object: {
  apiVersion: string;
  kind: string;
}): Promise<string[]> {
  const { kind } = object;
  const validate = await validatorOf(object);
  return validate(object)
    ? []
    : (validate.errors ?? []).map(
        ({ instancePath, message, params }) =>
          `${kind}${instancePath} ${message} ${JSON.stringify(params)}`,
      );
}
