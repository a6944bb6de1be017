import type { FieldErrors } from '../validating/FieldErrors';
import { configKey, dnsSubdomain, environmentName } from '../validating/names';
import type { EnvFields } from './podTemplate';

/** Fields of a pod that a variable may take its value from. */
const POD_FIELDS =
  /^(metadata\.(name|namespace|uid)|metadata\.(labels|annotations)\['[^']+'\]|spec\.(nodeName|serviceAccountName)|status\.(hostIP|hostIPs|podIP|podIPs))$/;
const SOURCES = [
  'fieldRef',
  'resourceFieldRef',
  'configMapKeyRef',
  'secretKeyRef',
  'fileKeyRef',
] as const;

export function validateEnvironment(
  variables: readonly EnvFields[],
  field: string,
  errors: FieldErrors,
): void {
  variables.forEach((variable, index) => {
    const at = `${field}[${index}]`;
    if (!variable.name) {
      errors.required(`${at}.name`);
    } else {
      for (const problem of environmentName(variable.name)) {
        errors.invalid(`${at}.name`, variable.name, problem);
      }
    }
    validateSource(variable, `${at}.valueFrom`, errors);
  });
}

function validateSource(
  { value, valueFrom }: EnvFields,
  field: string,
  errors: FieldErrors,
): void {
  if (!valueFrom) {
    return;
  }
  const given = SOURCES.filter(name => valueFrom[name] !== undefined);
  if (given.length === 0) {
    errors.invalid(
      field,
      '',
      'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`',
    );
  } else if (value) {
    errors.invalid(field, '', 'may not be specified when `value` is not empty');
  } else if (given.length > 1) {
    errors.invalid(
      field,
      '',
      'may not have more than one field specified at a time',
    );
  }
  const { fieldRef } = valueFrom;
  if (fieldRef) {
    validateFieldPath(fieldRef.fieldPath, `${field}.fieldRef`, errors);
  }
  for (const name of ['configMapKeyRef', 'secretKeyRef'] as const) {
    const reference = valueFrom[name];
    if (reference) {
      validateKey(reference, `${field}.${name}`, errors);
    }
  }
}

function validateFieldPath(
  path: string | undefined,
  field: string,
  errors: FieldErrors,
): void {
  if (!path) {
    errors.required(`${field}.fieldPath`);
  } else if (!POD_FIELDS.test(path)) {
    errors.invalid(
      `${field}.fieldPath`,
      path,
      `error converting fieldPath: field label not supported: ${path}`,
    );
  }
}

function validateKey(
  { name, key }: { name?: string; key?: string },
  field: string,
  errors: FieldErrors,
): void {
  if (name) {
    for (const problem of dnsSubdomain(name)) {
      errors.invalid(`${field}.name`, name, problem);
    }
  }
  if (!key) {
    errors.required(`${field}.key`);
  } else {
    for (const problem of configKey(key)) {
      errors.invalid(`${field}.key`, key, problem);
    }
  }
}
