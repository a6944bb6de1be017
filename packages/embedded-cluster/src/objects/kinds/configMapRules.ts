import { isDeepStrictEqual } from 'node:util';
import type { FieldErrors } from '../validating/FieldErrors';
import { configKey } from '../validating/names';
import type { KindRules } from './KindRules';
import { shaped } from './shaped';

export interface DataFields {
  data?: Record<string, string>;
  binaryData?: Record<string, string>;
  immutable?: boolean;
}

/** What ConfigMaps and Secrets may hold together. */
export const MAX_DATA_BYTES = 1024 * 1024;

export const configMapRules: KindRules = {
  validate: (object, errors) => {
    const { data = {}, binaryData = {} } = shaped<DataFields>(object);
    let bytes = 0;
    for (const [key, text] of Object.entries(data)) {
      validateKey(key, `data[${key}]`, errors);
      if (Object.hasOwn(binaryData, key)) {
        errors.invalid(
          `data[${key}]`,
          key,
          'duplicate of key present in binaryData',
        );
      }
      bytes += Buffer.byteLength(text);
    }
    for (const [key, encoded] of Object.entries(binaryData)) {
      validateKey(key, `binaryData[${key}]`, errors);
      bytes += Buffer.byteLength(encoded, 'base64');
    }
    if (bytes > MAX_DATA_BYTES) {
      errors.tooLong('', MAX_DATA_BYTES);
    }
  },
  validateUpdate: (object, old, errors) => {
    requireUnchanged(
      shaped<DataFields>(object),
      shaped<DataFields>(old),
      errors,
    );
  },
};

export function validateKey(
  key: string,
  field: string,
  errors: FieldErrors,
): void {
  for (const problem of configKey(key)) {
    errors.invalid(field, key, problem);
  }
}

/** What was made immutable stays so, and as it is. */
export function requireUnchanged(
  next: DataFields,
  old: DataFields,
  errors: FieldErrors,
): void {
  if (!old.immutable) {
    return;
  }
  if (!next.immutable) {
    errors.forbidden('immutable', 'field is immutable when `immutable` is set');
  }
  for (const name of ['data', 'binaryData'] as const) {
    if (!isDeepStrictEqual(next[name] ?? {}, old[name] ?? {})) {
      errors.forbidden(name, 'field is immutable when `immutable` is set');
    }
  }
}
