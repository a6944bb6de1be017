import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';

/**
 * A field's validator for the old frontend system, whose types take a field's
 * value for always there and want its options to be known. Ours expect absent
 * values and look at no options.
 */
export function legacyValidator<TValue, TOptions>(
  validate: CustomFieldValidator<TValue | undefined>,
): CustomFieldValidator<TValue, TOptions> {
  return (value, field, { apiHolder, formData, schema }) =>
    validate(value, field, { apiHolder, formData, schema });
}
