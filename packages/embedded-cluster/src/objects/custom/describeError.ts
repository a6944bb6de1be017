import type { ErrorObject } from 'ajv';
import type { FieldErrors } from '../validating/FieldErrors';

/** What the server writes where an error has no field of its own. */
export const NO_FIELD = '<nil>';

/** An error of ajv in the API server's words. @param path - of the value in the object */
export function describeError(
  { keyword, params, message }: ErrorObject,
  path: string,
  value: unknown,
  errors: FieldErrors,
): void {
  const body = (text: string) => `${path} in body ${text}`;
  switch (keyword) {
    case 'required':
      // Of the node itself they are known.
      if (path !== '') {
        const field = `${path}.${params.missingProperty}`;
        if (!errors.causes.some(cause => cause.field === field)) {
          errors.required(field);
        }
      }
      return;
    case 'enum':
      errors.notSupported(path, value, params.allowedValues.map(String));
      return;
    case 'pattern':
      errors.invalid(path, value, body(`should match '${params.pattern}'`));
      return;
    case 'minimum':
      errors.invalid(
        path,
        value,
        body(`should be greater than or equal to ${params.limit}`),
      );
      return;
    case 'exclusiveMinimum':
      errors.invalid(
        path,
        value,
        body(`should be greater than ${params.limit}`),
      );
      return;
    case 'maximum':
      errors.invalid(
        path,
        value,
        body(`should be less than or equal to ${params.limit}`),
      );
      return;
    case 'exclusiveMaximum':
      errors.invalid(path, value, body(`should be less than ${params.limit}`));
      return;
    case 'multipleOf':
      errors.invalid(
        path,
        value,
        body(`should be a multiple of ${params.multipleOf}`),
      );
      return;
    case 'minLength':
      errors.invalid(
        path,
        value,
        body(`should be at least ${params.limit} chars long`),
      );
      return;
    case 'maxLength':
      errors.tooLong(path, params.limit);
      return;
    case 'minItems':
      errors.invalid(
        path,
        (value as unknown[]).length,
        body(`should have at least ${params.limit} items`),
      );
      return;
    case 'maxItems':
      errors.tooMany(path, (value as unknown[]).length, params.limit);
      return;
    case 'minProperties':
      errors.invalid(
        path,
        Object.keys(value as object).length,
        body(`should have at least ${params.limit} properties`),
      );
      return;
    case 'maxProperties':
      errors.tooMany(path, Object.keys(value as object).length, params.limit);
      return;
    case 'uniqueItems':
      errors.duplicate(path, value);
      return;
    case 'format':
      if (typeof value === 'number') {
        errors.invalid(
          NO_FIELD,
          '',
          `Checked value must be of type integer with format ${params.format} in ${path}`,
        );
      } else {
        errors.typeInvalid(
          path,
          value,
          body(`must be of type ${params.format}: ${JSON.stringify(value)}`),
        );
      }
      return;
    case 'oneOf':
      errors.invalid(
        NO_FIELD,
        '',
        `${JSON.stringify(
          path,
        )} must validate one and only one schema (oneOf). Found ${
          params.passingSchemas === null || params.passingSchemas === undefined
            ? 'none valid'
            : `${params.passingSchemas.length} valid alternatives`
        }`,
      );
      return;
    case 'anyOf':
      errors.invalid(
        NO_FIELD,
        '',
        `${JSON.stringify(path)} must validate at least one schema (anyOf)`,
      );
      return;
    case 'not':
      errors.invalid(
        NO_FIELD,
        '',
        `${JSON.stringify(path)} must not validate the schema (not)`,
      );
      return;
    default:
      errors.invalid(path, value, body(message ?? `breaks ${keyword}`));
  }
}
