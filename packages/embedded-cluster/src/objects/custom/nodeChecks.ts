import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import type { TypeSchema } from '../../model/TypeSchema';
import { formats } from './formats';
import { goPattern } from './goPattern';

/** Keywords that look at one value alone; children are walked by the caller, which knows their paths. */
const KEYWORDS = [
  'enum',
  'pattern',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
  'required',
  'format',
  'allOf',
  'anyOf',
  'oneOf',
  'not',
];
/** Those that hold schemas in turn. */
const COMBINATIONS = ['allOf', 'anyOf', 'oneOf', 'not'];

const ajv = new Ajv({
  strict: false,
  allErrors: true,
  verbose: true,
  formats,
  code: {
    regExp: Object.assign((pattern: string) => goPattern(pattern), {
      code: 'goPattern',
    }),
  },
});

const compiled = new WeakMap<object, ValidateFunction | undefined>();

/**
 * What ajv finds wrong with a value, apart from its type and its children. A
 * node is compiled when an object first has it: the definitions are large, and
 * of most of their nodes no object makes use.
 */
export function checkNode(schema: TypeSchema, value: unknown): ErrorObject[] {
  let validate = compiled.get(schema.raw);
  if (!validate && !compiled.has(schema.raw)) {
    validate = compile(schema);
    compiled.set(schema.raw, validate);
  }
  return validate && !validate(value) ? validate.errors ?? [] : [];
}

function compile(schema: TypeSchema): ValidateFunction | undefined {
  const node = keywordsOf(schema.raw);
  if (schema.intOrString) {
    // Both types are allowed: what the combination says about them is known.
    delete node.anyOf;
  }
  return Object.keys(node).length === 0
    ? undefined
    : ajv.compile(structuredClone(node));
}

/** Draft 4 of OpenAPI 3.0, as the draft that ajv reads. */
function keywordsOf(raw: Record<string, unknown>): Record<string, unknown> {
  const node: Record<string, unknown> = {};
  for (const keyword of KEYWORDS) {
    const value = raw[keyword];
    if (value === undefined) {
      continue;
    }
    if (keyword === 'exclusiveMinimum' || keyword === 'exclusiveMaximum') {
      continue;
    }
    node[keyword] = COMBINATIONS.includes(keyword) ? combined(value) : value;
  }
  if (raw.exclusiveMinimum === true) {
    node.exclusiveMinimum = node.minimum;
    delete node.minimum;
  }
  if (raw.exclusiveMaximum === true) {
    node.exclusiveMaximum = node.maximum;
    delete node.maximum;
  }
  return node;
}

function combined(value: unknown): unknown {
  return Array.isArray(value) ? value.map(alternative) : alternative(value);
}

/** In an alternative, children count as well. */
function alternative(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const raw = value as Record<string, unknown>;
  const node = keywordsOf(raw);
  if (raw.type !== undefined) {
    node.type = raw.type;
  }
  if (typeof raw.properties === 'object' && raw.properties !== null) {
    node.properties = Object.fromEntries(
      Object.entries(raw.properties).map(([name, child]) => [
        name,
        alternative(child),
      ]),
    );
  }
  for (const name of ['items', 'additionalProperties']) {
    if (raw[name] !== undefined) {
      node[name] = alternative(raw[name]);
    }
  }
  return node;
}
