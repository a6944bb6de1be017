import type { TypeSchema } from '../model/TypeSchema';

/**
 * What server-side apply knows about a value: the shapes that it may have and
 * how each is owned. A value of any type has all three.
 */
export interface MergeType {
  readonly scalar?: 'numeric' | 'string' | 'boolean' | 'untyped';
  readonly list?: ListMergeType;
  readonly map?: MapMergeType;
}

export interface ListMergeType {
  /** Owned as a whole; otherwise item by item. */
  readonly atomic: boolean;
  /** Names of the fields that tell items apart; none for a set of scalars. */
  readonly keys: readonly string[];
  readonly element: MergeType;
  /** Value of a key field that an item leaves out; undefined for none. */
  keyDefault(key: string): unknown;
}

export interface MapMergeType {
  /** Owned as a whole; otherwise field by field. */
  readonly atomic: boolean;
  /** Undefined where the schema names no such field. */
  field(name: string): MergeType | undefined;
  /** Type of the fields that the schema does not name; undefined where there are none. */
  readonly element?: MergeType;
}

/** Any value, owned as a whole. */
const untyped: MergeType = {
  scalar: 'untyped',
  list: list(true, [], () => untyped),
  map: {
    atomic: true,
    field: () => undefined,
    get element() {
      return untyped;
    },
  },
};

/** Any value; objects are owned field by field, lists as a whole. */
const deduced: MergeType = {
  scalar: 'untyped',
  list: list(true, [], () => untyped),
  map: {
    atomic: false,
    field: () => undefined,
    get element() {
      return deduced;
    },
  },
};

const known = [
  new WeakMap<TypeSchema, MergeType>(),
  new WeakMap<TypeSchema, MergeType>(),
];

/**
 * The merge type of a schema.
 *
 * @param keepUnknown - an object above keeps fields that no schema names, which those below inherit
 */
export function mergeTypeOf(
  schema: TypeSchema,
  keepUnknown: boolean = false,
): MergeType {
  const cache = known[keepUnknown ? 1 : 0];
  let type = cache.get(schema);
  if (!type) {
    type = toMergeType(schema, keepUnknown || schema.preserveUnknownFields);
    cache.set(schema, type);
  }
  return type;
}

function toMergeType(schema: TypeSchema, keepUnknown: boolean): MergeType {
  switch (schema.type) {
    case 'object':
      return { map: mapOf(schema, keepUnknown) };
    case 'array':
      return { list: listOf(schema, keepUnknown) };
    case 'integer':
    case 'number':
      return { scalar: 'numeric' };
    case 'boolean':
      return { scalar: 'boolean' };
    case 'string':
      return {
        scalar:
          schema.format === undefined || schema.format === 'byte'
            ? 'string'
            : 'untyped',
      };
    default:
      break;
  }
  if (schema.format === 'quantity') {
    return { scalar: 'untyped' };
  }
  return {
    scalar: 'untyped',
    list: listOf(schema, keepUnknown),
    map: mapOf(schema, keepUnknown),
  };
}

function mapOf(schema: TypeSchema, keepUnknown: boolean): MapMergeType {
  const fields = new Map<string, MergeType | undefined>();
  const additional = schema.additionalProperties;
  const free =
    schema.raw.additionalProperties === undefined &&
    (keepUnknown || schema.propertyNames().length === 0);
  return {
    atomic: schema.mapType === 'atomic',
    field: name => {
      if (!fields.has(name)) {
        const property = schema.property(name);
        fields.set(name, property && mergeTypeOf(property, keepUnknown));
      }
      return fields.get(name);
    },
    get element() {
      if (free || schema.raw.additionalProperties === true) {
        return deduced;
      }
      return additional && mergeTypeOf(additional, keepUnknown);
    },
  };
}

function listOf(schema: TypeSchema, keepUnknown: boolean): ListMergeType {
  const { items } = schema;
  return list(
    schema.listType === 'atomic',
    schema.listMapKeys,
    () => (items ? mergeTypeOf(items, keepUnknown) : untyped),
    key => items?.property(key)?.default,
  );
}

function list(
  atomic: boolean,
  keys: readonly string[],
  element: () => MergeType,
  keyDefault: (key: string) => unknown = () => undefined,
): ListMergeType {
  return {
    atomic,
    keys,
    keyDefault,
    get element() {
      return element();
    },
  };
}
