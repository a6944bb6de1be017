import type { Environment, ParseResult } from '@marcbachmann/cel-js';
import type { TypeSchema, ValidationRule } from '../../model/TypeSchema';
import type { FieldErrors } from '../validating/FieldErrors';
import { messageOf } from '../../runtime/messageOf';
import { toCel, type ReadDuration } from './celValues';
import { hasRules } from './rulesInSchema';
import { NO_FIELD } from './describeError';
import { describeFailure } from './rules/describeFailure';
import { callGoFunctions } from './rules/functions/goFunctions';
import { readFieldPath } from './rules/fieldPath';
import { ownMember } from '../../model/ownMember';
import { isRecord } from '../../model/jsonRecord';

type Expression = ParseResult;

interface Compiled {
  rule: ValidationRule;
  expression: Expression;
  message?: Expression;
  /** Compares with the old value: holds where there is none. */
  isTransition: boolean;
}

const REASONS: Readonly<Record<string, string>> = {
  FieldValueForbidden: 'Forbidden',
  FieldValueRequired: 'Required value',
};

/**
 * Evaluates `x-kubernetes-validations`. Rules are compiled when an object first
 * comes to them, once.
 */
export class RuleEvaluator {
  readonly #environment: Environment;
  readonly #log: (line: string) => void;
  readonly #compiled = new WeakMap<ValidationRule, Compiled | undefined>();
  readonly #logged = new Set<string>();

  readonly #readDuration: ReadDuration;

  constructor(base: Environment, log: (line: string) => void) {
    // Types were checked when the definition was written; values have their own.
    this.#environment = base
      .clone()
      .registerVariable('self', 'dyn')
      .registerVariable('oldSelf', 'dyn');
    this.#log = log;
    const duration = base
      .clone()
      .registerVariable('text', 'string')
      .parse('duration(text)');
    this.#readDuration = text => duration({ text });
  }

  /** Whether the schema, or anything in it, has rules. */
  hasRules(schema: TypeSchema): boolean {
    return hasRules(schema.raw);
  }

  evaluate(
    schema: TypeSchema,
    value: unknown,
    old: unknown,
    errors: FieldErrors,
  ): void {
    this.#walk(schema, value, old, '', errors);
  }

  #walk(
    schema: TypeSchema,
    value: unknown,
    old: unknown,
    path: string,
    errors: FieldErrors,
  ): void {
    if (value === undefined || value === null || !this.hasRules(schema)) {
      return;
    }
    for (const rule of schema.rules) {
      this.#check(rule, schema, value, old, path, errors);
    }
    if (Array.isArray(value)) {
      const { items } = schema;
      if (items) {
        value.forEach((child, index) =>
          this.#walk(
            items,
            child,
            counterpart(schema, child, old),
            `${path}[${index}]`,
            errors,
          ),
        );
      }
    } else if (typeof value === 'object') {
      this.#walkObject(schema, value as Json, old, path, errors);
    }
  }

  #walkObject(
    schema: TypeSchema,
    value: Json,
    old: unknown,
    path: string,
    errors: FieldErrors,
  ): void {
    const before = isRecord(old) ? old : {};
    for (const [name, child] of Object.entries(value)) {
      const field = schema.property(name);
      if (field) {
        const at = path === '' ? name : `${path}.${name}`;
        this.#walk(field, child, ownMember(before, name), at, errors);
      } else if (schema.additionalProperties) {
        this.#walk(
          schema.additionalProperties,
          child,
          ownMember(before, name),
          `${path}[${name}]`,
          errors,
        );
      }
    }
  }

  #check(
    rule: ValidationRule,
    schema: TypeSchema,
    value: unknown,
    old: unknown,
    path: string,
    errors: FieldErrors,
  ): void {
    const compiled = this.#compiledOrLogged(rule);
    if (!compiled || (compiled.isTransition && old === undefined)) {
      return;
    }
    const field = path === '' ? NO_FIELD : path;
    let context: Json;
    let holds: unknown;
    try {
      context = {
        self: toCel(value, schema, this.#readDuration),
        ...(old === undefined
          ? {}
          : { oldSelf: toCel(old, schema, this.#readDuration) }),
      };
      holds = compiled.expression(context);
    } catch (error) {
      errors.invalid(
        field,
        typeName(value),
        `${describeFailure(error)} evaluating rule: ${
          rule.message ?? rule.rule
        }`,
      );
      return;
    }
    if (holds !== true) {
      report(
        rule,
        messageFor(compiled, context),
        { value, schema, path: field },
        errors,
      );
    }
  }

  #compiledOrLogged(rule: ValidationRule): Compiled | undefined {
    if (this.#compiled.has(rule)) {
      return this.#compiled.get(rule);
    }
    try {
      return this.#compile(rule);
    } catch (error) {
      this.#compiled.set(rule, undefined);
      if (!this.#logged.has(rule.rule)) {
        this.#logged.add(rule.rule);
        this.#log(
          `a validation rule is not evaluated: ${rule.rule}: ${messageOf(
            error,
          )}`,
        );
      }
      return undefined;
    }
  }

  #compile(rule: ValidationRule): Compiled {
    const known = this.#compiled.get(rule);
    if (known) {
      return known;
    }
    const compiled: Compiled = {
      rule,
      expression: this.#parse(rule.rule),
      ...(rule.messageExpression === undefined
        ? {}
        : { message: this.#parse(rule.messageExpression) }),
      isTransition: /\boldSelf\b/.test(rule.rule),
    };
    this.#compiled.set(rule, compiled);
    return compiled;
  }

  #parse(expression: string): Expression {
    const parsed = this.#environment.parse(expression);
    callGoFunctions(parsed.ast);
    return parsed;
  }
}

type Json = Record<string, unknown>;

/** What an item was before: only items of maps can be told apart from their neighbours. */
function counterpart(
  { listType, listMapKeys }: TypeSchema,
  item: unknown,
  old: unknown,
): unknown {
  if (listType !== 'map' || !Array.isArray(old) || !isRecord(item)) {
    return undefined;
  }
  return old.find(
    one => isRecord(one) && listMapKeys.every(key => one[key] === item[key]),
  );
}

function messageFor({ message }: Compiled, context: Json): string | undefined {
  try {
    const text: unknown = message?.(context);
    return typeof text === 'string' &&
      text.trim() !== '' &&
      !/[\n\r]/.test(text)
      ? text.trim()
      : undefined;
  } catch {
    return undefined;
  }
}

interface Looked {
  value: unknown;
  schema: TypeSchema;
  path: string;
}

function report(
  rule: ValidationRule,
  computed: string | undefined,
  { value, schema, path }: Looked,
  errors: FieldErrors,
): void {
  const text = computed ?? rule.message?.trim() ?? `failed rule: ${rule.rule}`;
  const steps = readFieldPath(rule.fieldPath ?? '', schema) ?? [];
  const at = [path === NO_FIELD ? '' : path, ...steps].join('');
  const field = at === '' ? NO_FIELD : at.replace(/^\./, '');
  const reason = rule.reason ?? 'FieldValueInvalid';
  const shown = typeof value === 'object' ? '' : `: ${JSON.stringify(value)}`;
  if (reason === 'FieldValueDuplicate') {
    errors.cause({ reason, message: `Duplicate value${shown}`, field });
    return;
  }
  errors.cause({
    reason,
    message:
      reason in REASONS
        ? `${REASONS[reason]}: ${text}`
        : `Invalid value${shown}: ${text}`,
    field,
  });
}

function typeName(value: unknown): string {
  if (Array.isArray(value)) {
    return 'array';
  }
  if (typeof value === 'number') {
    return Number.isInteger(value) ? 'integer' : 'number';
  }
  return typeof value;
}
