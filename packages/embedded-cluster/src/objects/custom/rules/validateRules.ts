import type { Environment } from '@marcbachmann/cel-js';
import type { TypeSchema, ValidationRule } from '../../../model/TypeSchema';
import { StatusError } from '../../../model/StatusError';
import type { FieldErrors } from '../../validating/FieldErrors';
import { hasRules } from '../rulesInSchema';
import { checkRule, type CheckedExpression } from './checkRule';
import { readFieldPath } from './fieldPath';

const REASONS = [
  'FieldValueDuplicate',
  'FieldValueForbidden',
  'FieldValueInvalid',
  'FieldValueRequired',
];
const LINE_BREAK = /[\n\r]/;

/** A node of a definition's schema, and how its rules may look at it. */
interface Place {
  schema: TypeSchema;
  /** As the server names it. */
  field: string;
  isRoot: boolean;
  /** The list whose items cannot be told apart, where the node is in one. */
  uncorrelatable?: string;
}

/**
 * Checks the rules of a definition: they must be readable, use what is there,
 * and give a bool.
 *
 * @throws StatusError 501 for what a real server can do and this one cannot
 */
export function validateRules(
  base: Environment,
  schema: TypeSchema,
  field: string,
  errors: FieldErrors,
): void {
  walk(base, { schema, field, isRoot: true }, errors);
}

function walk(base: Environment, place: Place, errors: FieldErrors): void {
  const { schema, field, uncorrelatable } = place;
  if (!hasRules(schema.raw)) {
    return;
  }
  schema.rules.forEach((rule, index) => {
    if (rule.rule.trim() !== '') {
      const at = `${field}.x-kubernetes-validations[${index}]`;
      validateRule(base, rule, place, at, errors);
    }
  });
  for (const name of schema.propertyNames()) {
    const child = schema.property(name);
    if (child) {
      walk(
        base,
        {
          schema: child,
          field: `${field}.properties[${name}]`,
          isRoot: false,
          uncorrelatable,
        },
        errors,
      );
    }
  }
  const { items, additionalProperties } = schema;
  if (items) {
    walk(
      base,
      {
        schema: items,
        field: `${field}.items`,
        isRoot: false,
        uncorrelatable:
          uncorrelatable ?? (schema.listType === 'map' ? undefined : field),
      },
      errors,
    );
  }
  if (additionalProperties) {
    walk(
      base,
      {
        schema: additionalProperties,
        field: `${field}.additionalProperties`,
        isRoot: false,
        uncorrelatable,
      },
      errors,
    );
  }
}

function validateRule(
  base: Environment,
  rule: ValidationRule,
  { schema, isRoot, uncorrelatable }: Place,
  field: string,
  errors: FieldErrors,
): void {
  const before = errors.causes.length;
  validateTexts(rule, schema, field, errors);
  if (errors.causes.length > before) {
    return;
  }
  const { messageExpression = '' } = rule;
  if (uncorrelatable !== undefined && /\boldSelf\b/.test(rule.rule)) {
    errors.invalid(
      `${field}.rule`,
      rule.rule,
      `oldSelf cannot be used on the uncorrelatable portion of the schema within ${uncorrelatable}`,
    );
    return;
  }
  const refuse = (part: string, why: string) =>
    errors.cause({
      reason: 'FieldValueInvalid',
      message: `Invalid value: ${printedRule(rule)}: ${why}`,
      field: `${field}.${part}`,
    });
  const check = (part: 'rule' | 'messageExpression', text: string) =>
    checkOrThrow(base, { text, schema, isRoot }, `${field}.${part}`);
  const found = check('rule', rule.rule);
  if ('message' in found) {
    refuse('rule', `compilation failed: ${found.message}`);
  } else if (found.type !== 'bool' && found.type !== 'any') {
    refuse('rule', 'cel expression must evaluate to a bool');
  }
  if (messageExpression === '') {
    return;
  }
  const spoken = check('messageExpression', messageExpression);
  if ('message' in spoken) {
    refuse(
      'messageExpression',
      `messageExpression compilation failed: ${spoken.message}`,
    );
  } else if (spoken.type !== 'string' && spoken.type !== 'any') {
    refuse('messageExpression', 'messageExpression must evaluate to a string');
  }
}

function checkOrThrow(
  base: Environment,
  expression: CheckedExpression,
  field: string,
): { type: string } | { message: string } {
  const found = checkRule(base, expression);
  if ('status' in found && found.status === 'notHere') {
    throw StatusError.notImplemented(
      `does not have ${found.what} in validation rules (${field}): write the rule without, or use a real cluster`,
    );
  }
  return found;
}

/** What a rule says beside its expressions. */
function validateTexts(
  { rule, message, reason, fieldPath }: ValidationRule,
  schema: TypeSchema,
  field: string,
  errors: FieldErrors,
): void {
  if (message !== undefined && message !== '') {
    if (message.trim() === '') {
      errors.invalid(
        `${field}.message`,
        message,
        'must be non-empty if specified',
      );
    } else if (LINE_BREAK.test(message)) {
      errors.invalid(
        `${field}.message`,
        message,
        'must not contain line breaks',
      );
    }
  } else if (LINE_BREAK.test(rule.trim())) {
    errors.required(
      `${field}.message`,
      'message must be specified if rule contains line breaks',
    );
  }
  if (reason !== undefined && !REASONS.includes(reason)) {
    errors.notSupported(`${field}.reason`, reason, REASONS);
  }
  if (fieldPath && readFieldPath(fieldPath, schema) === undefined) {
    errors.invalid(`${field}.fieldPath`, fieldPath, 'must be a valid path');
  }
}

/** A rule as Go writes it as JSON. */
function printedRule(rule: ValidationRule): string {
  const printed = JSON.stringify({
    Rule: rule.rule,
    Message: rule.message ?? '',
    MessageExpression: rule.messageExpression ?? '',
    Reason: rule.reason ?? null,
    FieldPath: rule.fieldPath ?? '',
    OptionalOldSelf: null,
  });
  return printed.replace(
    /[<>&\u2028\u2029]/g,
    letter => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
