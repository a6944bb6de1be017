import type { Environment } from '@marcbachmann/cel-js';
import type { TypeSchema } from '../../../model/TypeSchema';
import { celFieldName } from '../celValues';

const IDENTIFIER = /[A-Za-z_][A-Za-z0-9_]*/g;
/** Fields of every object's metadata that rules can read. */
const METADATA = { name: 'string', generateName: 'string' };

class SelfDeclaration {
  readonly #environment: Environment;
  readonly #names: ReadonlySet<string>;

  constructor(environment: Environment, names: ReadonlySet<string>) {
    this.#environment = environment;
    this.#names = names;
  }

  typeOf(schema: TypeSchema, path: string, isRoot: boolean): string {
    if (schema.intOrString) {
      return 'dyn';
    }
    switch (schema.type) {
      case 'array':
        return schema.items
          ? `list<${this.typeOf(schema.items, `${path}.@idx`, false)}>`
          : 'dyn';
      case 'object':
        return schema.additionalProperties
          ? `map<string, ${this.typeOf(
              schema.additionalProperties,
              `${path}.@elem`,
              false,
            )}>`
          : this.#object(schema, path, isRoot);
      case 'string':
        return textType(schema.format);
      case 'boolean':
        return 'bool';
      case 'number':
        return 'double';
      case 'integer':
        return 'int';
      default:
        return 'dyn';
    }
  }

  #object(schema: TypeSchema, path: string, isRoot: boolean): string {
    const fields: Record<string, string> = {};
    for (const name of schema.propertyNames()) {
      const field = celFieldName(name);
      const child = schema.property(name);
      if (child && this.#names.has(field)) {
        fields[field] = this.typeOf(child, `${path}.${field}`, false);
      }
    }
    if (isRoot || schema.embeddedResource) {
      fields.apiVersion = 'string';
      fields.kind = 'string';
      const metadata = `${path}.metadata`;
      this.#environment.registerType(metadata, { fields: METADATA });
      fields.metadata = metadata;
    }
    this.#environment.registerType(path, { fields });
    if (/^[\w.]+$/.test(path)) {
      // Objects, and nothing else, can be compared with null.
      this.#environment.registerOperator(`${path} == null`, () => false);
    }
    return path;
  }
}

/**
 * Declares `self` and `oldSelf` with the types that a schema gives them.
 *
 * Definitions are large, and an expression names a few of their fields: those
 * that it does not name it cannot read, and they are left out.
 *
 * @param expression - what will be checked in the environment
 * @param isRoot - whether the schema is that of the whole object
 */
export function declareSelf(
  base: Environment,
  schema: TypeSchema,
  expression: string,
  isRoot: boolean,
): Environment {
  const environment = base.clone();
  const declaration = new SelfDeclaration(
    environment,
    new Set(expression.match(IDENTIFIER)),
  );
  const type = declaration.typeOf(schema, 'selfType', isRoot);
  return environment
    .registerVariable('self', type)
    .registerVariable('oldSelf', type);
}

function textType(format: string | undefined): string {
  switch (format) {
    case 'byte':
      return 'bytes';
    case 'duration':
      return 'google.protobuf.Duration';
    case 'date':
    case 'date-time':
      return 'google.protobuf.Timestamp';
    default:
      return 'string';
  }
}
