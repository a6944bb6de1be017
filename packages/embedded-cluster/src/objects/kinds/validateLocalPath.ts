import type { FieldErrors } from '../validating/FieldErrors';

/** A path that has to stay below its volume. */
export function validateLocalPath(
  path: string,
  field: string,
  errors: FieldErrors,
): void {
  if (path.startsWith('/')) {
    errors.invalid(field, path, 'must be a relative path');
  }
  if (path.split('/').includes('..')) {
    errors.invalid(field, path, "must not contain '..'");
  }
}

/** The path of a file that a volume makes of an item. */
export function validateFilePath(
  path: string,
  field: string,
  errors: FieldErrors,
): void {
  if (path === '') {
    errors.required(field);
    return;
  }
  validateLocalPath(path, field, errors);
  if (path.startsWith('..') && !path.startsWith('../') && path !== '..') {
    errors.invalid(field, path, "must not start with '..'");
  }
}
