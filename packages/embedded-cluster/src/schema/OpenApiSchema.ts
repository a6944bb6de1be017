import type { TypeSchema, ValidationRule } from '../model/TypeSchema';
import { isRecord, type JsonRecord } from '../model/jsonRecord';

/** Finds the definition that a `$ref` names. */
export type FindDefinition = (name: string) => JsonRecord | undefined;

const QUANTITY = 'io.k8s.apimachinery.pkg.api.resource.Quantity';
const RAW_EXTENSION = 'io.k8s.apimachinery.pkg.runtime.RawExtension';

/** What a reference's own node may say beside the reference. */
const BESIDE_REFERENCE = [
  'default',
  'nullable',
  'x-kubernetes-map-type',
  'x-kubernetes-patch-strategy',
  'x-kubernetes-patch-merge-key',
  'x-kubernetes-validations',
];

/**
 * A node of an OpenAPI v3 schema as Kubernetes writes them. Children are made
 * when they are asked for and kept, so that recursive definitions end and the
 * definitions that nobody uses cost nothing.
 */
export class OpenApiSchema implements TypeSchema {
  readonly raw: JsonRecord;
  readonly goType: string | undefined;
  readonly type: TypeSchema['type'];
  readonly format: string | undefined;
  readonly required: readonly string[];
  readonly listType: TypeSchema['listType'];
  readonly listMapKeys: readonly string[];
  readonly mapType: TypeSchema['mapType'];
  readonly preserveUnknownFields: boolean;
  readonly embeddedResource: boolean;
  readonly intOrString: boolean;
  readonly nullable: boolean;
  readonly default: unknown;
  readonly patchStrategy: readonly string[];
  readonly patchMergeKey: string | undefined;
  readonly rules: readonly ValidationRule[];

  readonly #find: FindDefinition;
  readonly #properties: JsonRecord;
  readonly #children = new Map<string, OpenApiSchema>();
  #items: OpenApiSchema | undefined;
  #additional: OpenApiSchema | undefined;

  constructor(node: JsonRecord, find: FindDefinition) {
    const raw = resolve(node, find);
    this.raw = raw;
    this.goType = goTypeOf(node);
    this.#find = find;
    this.#properties = isRecord(raw.properties) ? raw.properties : {};
    this.type = typeOf(raw.type);
    this.format = text(raw.format);
    this.required = strings(raw.required);
    this.intOrString =
      raw['x-kubernetes-int-or-string'] === true ||
      raw.format === 'int-or-string';
    this.preserveUnknownFields =
      raw['x-kubernetes-preserve-unknown-fields'] === true;
    this.embeddedResource = raw['x-kubernetes-embedded-resource'] === true;
    this.nullable = raw.nullable === true;
    this.default = raw.default;
    this.patchStrategy =
      text(raw['x-kubernetes-patch-strategy'])?.split(',') ?? [];
    this.patchMergeKey = text(raw['x-kubernetes-patch-merge-key']);
    this.mapType =
      raw['x-kubernetes-map-type'] === 'atomic' ? 'atomic' : 'granular';
    const list = listOf(raw, this.patchStrategy, this.patchMergeKey);
    this.listType = list.type;
    this.listMapKeys = list.keys;
    this.rules = Array.isArray(raw['x-kubernetes-validations'])
      ? raw['x-kubernetes-validations'].filter(isRule)
      : [];
  }

  property(name: string): TypeSchema | undefined {
    const known = this.#children.get(name);
    if (known) {
      return known;
    }
    const node = Object.hasOwn(this.#properties, name)
      ? this.#properties[name]
      : undefined;
    if (!isRecord(node)) {
      return undefined;
    }
    const child = new OpenApiSchema(node, this.#find);
    this.#children.set(name, child);
    return child;
  }

  propertyNames(): readonly string[] {
    return Object.keys(this.#properties);
  }

  get additionalProperties(): TypeSchema | undefined {
    const node = this.raw.additionalProperties;
    // `true` says the same as an empty schema: any value.
    const schema = node === true ? {} : node;
    if (!isRecord(schema)) {
      return undefined;
    }
    this.#additional ??= new OpenApiSchema(schema, this.#find);
    return this.#additional;
  }

  get items(): TypeSchema | undefined {
    if (!isRecord(this.raw.items)) {
      return undefined;
    }
    this.#items ??= new OpenApiSchema(this.raw.items, this.#find);
    return this.#items;
  }
}

/**
 * The node that a reference means. A reference that needs something beside it
 * is written as the only member of `allOf`, because OpenAPI ignores what stands
 * beside `$ref`.
 */
function resolve(node: JsonRecord, find: FindDefinition): JsonRecord {
  const reference = referenceOf(node);
  if (reference === undefined) {
    return node;
  }
  const name = reference.slice(reference.lastIndexOf('/') + 1);
  const definition = find(name);
  if (!definition) {
    throw new Error(
      `the schema refers to ${name}, which is not among the definitions: record them again`,
    );
  }
  const target = special(name) ?? resolve(definition, find);
  const beside = BESIDE_REFERENCE.filter(key => key in node);
  return beside.length === 0
    ? target
    : {
        ...target,
        ...Object.fromEntries(beside.map(key => [key, node[key]])),
      };
}

/** Two definitions whose OpenAPI says less than the server does with them. */
function special(name: string): JsonRecord | undefined {
  switch (name) {
    case QUANTITY:
      return {
        oneOf: [{ type: 'string' }, { type: 'number' }],
        format: 'quantity',
      };
    case RAW_EXTENSION:
      return { 'x-kubernetes-preserve-unknown-fields': true };
    default:
      return undefined;
  }
}

/** Last part of the name of the definition that is referred to. */
function goTypeOf(node: JsonRecord): string | undefined {
  const reference = referenceOf(node);
  return reference?.slice(reference.lastIndexOf('.') + 1);
}

function referenceOf(node: JsonRecord): string | undefined {
  if (typeof node.$ref === 'string') {
    return node.$ref;
  }
  if (Array.isArray(node.allOf) && node.allOf.length === 1) {
    const [only] = node.allOf;
    return isRecord(only) && typeof only.$ref === 'string'
      ? only.$ref
      : undefined;
  }
  return undefined;
}

function listOf(
  raw: JsonRecord,
  patchStrategy: readonly string[],
  patchMergeKey: string | undefined,
): { type: TypeSchema['listType']; keys: readonly string[] } {
  switch (raw['x-kubernetes-list-type']) {
    case 'map':
      return { type: 'map', keys: strings(raw['x-kubernetes-list-map-keys']) };
    case 'set':
      return { type: 'set', keys: [] };
    case 'atomic':
      return { type: 'atomic', keys: [] };
    default:
      break;
  }
  // Older kinds say it through their strategic merge alone.
  if (raw.type !== 'array' || !patchStrategy.includes('merge')) {
    return { type: 'atomic', keys: [] };
  }
  return patchMergeKey === undefined
    ? { type: 'set', keys: [] }
    : { type: 'map', keys: [patchMergeKey] };
}

function typeOf(value: unknown): TypeSchema['type'] {
  switch (value) {
    case 'object':
    case 'array':
    case 'string':
    case 'integer':
    case 'number':
    case 'boolean':
      return value;
    default:
      return undefined;
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value)
    ? value.filter(one => typeof one === 'string')
    : [];
}

function isRule(value: unknown): value is ValidationRule {
  return isRecord(value) && typeof value.rule === 'string';
}
