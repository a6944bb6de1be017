import type { FieldErrors } from '../validating/FieldErrors';

const NOT_NEGATIVE = 'must be greater than or equal to 0';

/** Counts, delays and limits: whatever may not be below 0. */
export function validateNotNegative(
  value: number | undefined,
  field: string,
  errors: FieldErrors,
): void {
  if (value !== undefined && value < 0) {
    errors.invalid(field, value, NOT_NEGATIVE);
  }
}

/** A number, or a share such as `25%`. */
export function validateNumberOrPercent(
  value: number | string | undefined,
  field: string,
  errors: FieldErrors,
): void {
  if (typeof value === 'string') {
    if (!/^[0-9]+%$/.test(value)) {
      errors.invalid(
        field,
        value,
        "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')",
      );
    }
  } else {
    validateNotNegative(value, field, errors);
  }
}
