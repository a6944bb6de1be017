import { messageOf } from '../../runtime/messageOf';
import { goPattern } from '../custom/goPattern';
import type { FieldErrors } from '../validating/FieldErrors';
import { isRecord } from '../../model/jsonRecord';

type Json = Record<string, unknown>;

const TYPES = ['array', 'boolean', 'integer', 'number', 'object', 'string'];

/** A schema must say of each field what it is: only then can objects be pruned and merged. */
export function validateStructure(
  schema: Json,
  field: string,
  errors: FieldErrors,
): void {
  if (schema.type === undefined) {
    errors.required(`${field}.type`, 'must not be empty at the root');
  } else if (schema.type !== 'object') {
    errors.invalid(`${field}.type`, schema.type, 'must be object at the root');
  }
  validateNode(schema, field, true, errors);
}

function validateNode(
  node: Json,
  field: string,
  isRoot: boolean,
  errors: FieldErrors,
): void {
  validateType(node, field, isRoot, errors);
  const properties = isRecord(node.properties) ? node.properties : {};
  if (
    Object.keys(properties).length > 0 &&
    isRecord(node.additionalProperties)
  ) {
    errors.forbidden(
      `${field}.additionalProperties`,
      'additionalProperties and properties are mutual exclusive',
    );
  }
  if (node.type === 'array' && !isRecord(node.items)) {
    errors.required(`${field}.items`, 'must be specified');
  }
  validatePattern(node.pattern, `${field}.pattern`, errors);
  validateRules(node['x-kubernetes-validations'], field, errors);
  for (const [name, child] of Object.entries(properties)) {
    if (isRecord(child)) {
      validateNode(child, `${field}.properties[${name}]`, false, errors);
    }
  }
  for (const name of ['items', 'additionalProperties']) {
    const child = node[name];
    if (isRecord(child)) {
      validateNode(child, `${field}.${name}`, false, errors);
    }
  }
}

function validateType(
  node: Json,
  field: string,
  isRoot: boolean,
  errors: FieldErrors,
): void {
  const { type } = node;
  if (type === undefined || type === '') {
    const isOpen =
      node['x-kubernetes-int-or-string'] === true ||
      node['x-kubernetes-preserve-unknown-fields'] === true;
    if (!isRoot && !isOpen) {
      errors.required(
        `${field}.type`,
        'must not be empty for specified object fields',
      );
    }
  } else if (!TYPES.includes(String(type))) {
    errors.notSupported(`${field}.type`, type, TYPES);
  }
}

function validatePattern(
  pattern: unknown,
  field: string,
  errors: FieldErrors,
): void {
  if (typeof pattern !== 'string') {
    return;
  }
  try {
    goPattern(pattern);
  } catch (error) {
    errors.invalid(
      field,
      pattern,
      `must be a valid regular expression, but isn't: ${messageOf(error)}`,
    );
  }
}

function validateRules(
  rules: unknown,
  field: string,
  errors: FieldErrors,
): void {
  if (!Array.isArray(rules)) {
    return;
  }
  rules.forEach((rule, index) => {
    if (!isRecord(rule) || String(rule.rule ?? '').trim() === '') {
      errors.required(
        `${field}.x-kubernetes-validations[${index}].rule`,
        'rule is not specified',
      );
    }
  });
}
