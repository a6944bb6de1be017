import type { TypeSchema } from '../../model/TypeSchema';
import { cloneJson } from '../store/cloneJson';
import { decodeBuiltInPart, type Decoded } from '../decoding/decodeBuiltIn';
import { DecodingError } from '../decoding/DecodingError';
import { setMember } from '../../model/setMember';

type Json = Record<string, unknown>;

/**
 * Reads an object of a definition's kind: fields that its schema does not have
 * are pruned, nulls that it does not allow vanish, and defaults are filled in.
 *
 * @param options.keepNulls - leave nulls to the validation, which refuses them:
 * the server does so with what an apply leaves
 */
export function decodeCustom(
  value: unknown,
  schema: TypeSchema,
  options: { keepNulls: boolean } = { keepNulls: false },
): Decoded {
  const unknownFields: string[] = [];
  const decoded = walk(value, schema, {
    path: '',
    unknownFields,
    metadata: schema.property('metadata'),
    isRoot: true,
    ...options,
  });
  return { value: decoded, unknownFields };
}

interface Walk {
  path: string;
  unknownFields: string[];
  metadata: TypeSchema | undefined;
  isRoot: boolean;
  keepNulls: boolean;
}

function walk(value: unknown, schema: TypeSchema, at: Walk): unknown {
  if (Array.isArray(value)) {
    const { items } = schema;
    return items
      ? value.map((child, index) =>
          walk(child, items, {
            ...at,
            path: `${at.path}[${index}]`,
            isRoot: false,
          }),
        )
      : cloneJson(value);
  }
  if (typeof value === 'object' && value !== null) {
    return walkObject(value as Json, schema, at);
  }
  return value;
}

function walkObject(value: Json, schema: TypeSchema, at: Walk): Json {
  const result: Json = {};
  const values = schema.additionalProperties;
  const whole = at.isRoot || schema.embeddedResource;
  for (const [name, child] of Object.entries(value)) {
    const path = at.path === '' ? name : `${at.path}.${name}`;
    const field = schema.property(name) ?? values;
    if (whole && (name === 'apiVersion' || name === 'kind')) {
      result[name] = child;
    } else if (whole && name === 'metadata') {
      // Built-in, and read as strictly as a built-in kind's.
      result[name] = at.metadata
        ? decodeMetadata(child, at.metadata, path, at.unknownFields)
        : cloneJson(child);
    } else if (field) {
      // A null says nothing where the schema does not allow it.
      if (
        child === null &&
        !field.nullable &&
        (!at.keepNulls || field.default !== undefined)
      ) {
        continue;
      }
      setMember(
        result,
        name,
        walk(child, field, { ...at, path, isRoot: false }),
      );
    } else if (schema.preserveUnknownFields || isOpen(schema)) {
      setMember(result, name, cloneJson(child));
    } else {
      at.unknownFields.push(path);
    }
  }
  addDefaults(result, schema, at);
  return result;
}

/** Any value at all: a schema without a type, or with nothing said about its fields beyond it. */
function isOpen(schema: TypeSchema): boolean {
  return schema.type === undefined && !schema.intOrString;
}

function addDefaults(result: Json, schema: TypeSchema, at: Walk): void {
  for (const name of schema.propertyNames()) {
    if (Object.hasOwn(result, name)) {
      continue;
    }
    if (at.isRoot && name === 'metadata') {
      continue;
    }
    const field = schema.property(name);
    if (field?.default !== undefined) {
      const filledIn = walk(cloneJson(field.default), field, {
        ...at,
        path: `${at.path}.${name}`,
        unknownFields: [],
        isRoot: false,
      });
      setMember(result, name, filledIn);
    }
  }
}

function decodeMetadata(
  value: unknown,
  schema: TypeSchema,
  path: string,
  unknownFields: string[],
): unknown {
  try {
    return decodeBuiltInPart(value, schema, path, unknownFields);
  } catch (error) {
    if (error instanceof DecodingError && path !== 'metadata') {
      throw new DecodingError(
        `${path}: Invalid value: ${JSON.stringify(value)}: ${error.message}`,
      );
    }
    throw error;
  }
}
