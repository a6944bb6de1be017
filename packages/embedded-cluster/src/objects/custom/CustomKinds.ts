import type { Environment } from '@marcbachmann/cel-js';
import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { ResourceType } from '../../model/ResourceType';
import type { FieldErrors } from '../validating/FieldErrors';
import { RuleEvaluator, type SkippedRule } from './RuleEvaluator';
import { NO_FIELD } from './describeError';
import { validateScale } from './validateScale';
import { validateSchema } from './validateSchema';

/** Errors that leave an object too broken for rules. */
const BLOCKING = [
  'FieldValueNotSupported',
  'FieldValueRequired',
  'FieldValueTooLong',
  'FieldValueTooMany',
  'FieldValueTypeInvalid',
];

/** What the definitions of custom kinds ask of their objects. */
export class CustomKinds {
  readonly #rules: RuleEvaluator;

  constructor(environment: Environment, log: (line: string) => void) {
    this.#rules = new RuleEvaluator(environment, log);
  }

  /** Schema first, then the rules, unless the schema was broken too badly for them. */
  validate(
    type: ResourceType,
    object: KubernetesObject,
    old: KubernetesObject | undefined,
    errors: FieldErrors,
  ): void {
    const { schema } = type;
    validateSchema(object, schema, errors);
    validateScale(type, object, errors);
    if (!this.#rules.hasRules(schema)) {
      return;
    }
    if (errors.causes.some(({ reason = '' }) => BLOCKING.includes(reason))) {
      errors.cause({
        reason: 'FieldValueInvalid',
        message:
          'Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation',
        field: NO_FIELD,
      });
      return;
    }
    this.#rules.evaluate(schema, object, old, errors);
  }

  /** Rules of a kind that are not evaluated, with the reason. */
  skippedRules(type: ResourceType): SkippedRule[] {
    return this.#rules.skipped(type.schema);
  }
}

/** Expressions know the value and, where it changes, what it was. */
export async function createCustomKinds(
  log: (line: string) => void,
): Promise<CustomKinds> {
  // Published as an ES module alone.
  const { Environment: CelEnvironment } = await import('@marcbachmann/cel-js');
  const environment = new CelEnvironment({
    enableOptionalTypes: true,
    homogeneousAggregateLiterals: false,
  })
    .registerVariable('self', 'dyn')
    .registerVariable('oldSelf', 'dyn');
  return new CustomKinds(environment, log);
}
