import { StatusError, type StatusCause } from '../model/StatusError';

/**
 * A 422 about an object that need not have a name, nor, for the access reviews,
 * a kind: those are the API server's words for it.
 */
export function invalidRequestError(
  about: { group: string; kind?: string; name?: string },
  causes: readonly Required<StatusCause>[],
): StatusError {
  const { group, kind = '', name = '' } = about;
  const lines = causes.map(({ field, message }) => `${field}: ${message}`);
  return new StatusError({
    code: 422,
    reason: 'Invalid',
    message: `${kind}.${group} "${name}" is invalid: ${
      lines.length === 1 ? lines[0] : `[${lines.join(', ')}]`
    }`,
    details: {
      ...(name === '' ? {} : { name }),
      group,
      ...(kind === '' ? {} : { kind }),
      causes: [...causes],
    },
  });
}

/** One cause: a value that cannot be. */
export function invalidValue(
  field: string,
  value: unknown,
  why: string,
): Required<StatusCause> {
  return {
    reason: 'FieldValueInvalid',
    message: `Invalid value: ${JSON.stringify(value)}: ${why}`,
    field,
  };
}
