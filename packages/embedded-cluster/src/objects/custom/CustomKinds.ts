import type { Environment } from '@marcbachmann/cel-js';
import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { ResourceType } from '../../model/ResourceType';
import type { FieldErrors } from '../validating/FieldErrors';
import { OpenApiSchema } from '../../schema';
import { isRecord } from '../../model/jsonRecord';
import type { DefinitionFields } from '../kinds/definitionRules';
import { shaped } from '../kinds/shaped';
import { RuleEvaluator } from './RuleEvaluator';
import { NO_FIELD } from './describeError';
import { createRuleEnvironment } from './rules/createRuleEnvironment';
import { schemaField } from './rules/schemaField';
import { validateRules } from './rules/validateRules';
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
  readonly #base: Environment;
  readonly #rules: RuleEvaluator;

  constructor(base: Environment, log: (line: string) => void) {
    this.#base = base;
    this.#rules = new RuleEvaluator(base, log);
  }

  /**
   * The rules of a definition itself.
   *
   * @throws StatusError 501 for what rules cannot use here
   */
  validateDefinition(definition: KubernetesObject, errors: FieldErrors): void {
    const { spec = {} } = shaped<DefinitionFields>(definition);
    const { versions = [] } = spec;
    versions.forEach(({ schema }, index) => {
      const node = schema?.openAPIV3Schema;
      if (isRecord(node)) {
        validateRules(
          this.#base,
          new OpenApiSchema(node, () => undefined),
          schemaField(versions.length, index),
          errors,
        );
      }
    });
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
}

export async function createCustomKinds(
  log: (line: string) => void,
): Promise<CustomKinds> {
  // Published as an ES module alone.
  const cel = await import('@marcbachmann/cel-js');
  return new CustomKinds(createRuleEnvironment(cel), log);
}
