import type { TypeSchema } from '../../model/TypeSchema';
import { cloneJson } from '../store/cloneJson';
import { decodeBase64, decodeQuantity, decodeTime } from './decodeText';
import { conversionError } from './conversionError';
import { DecodingError } from './DecodingError';
import { isLeftOut } from './goFields';
import { setMember } from '../../model/setMember';

export interface Decoded {
  /** A copy that holds nothing of the original's. */
  value: unknown;
  /** Paths of fields that the kind does not have, such as `spec.foo`. */
  unknownFields: string[];
}

interface Place {
  /** With list indexes, as warnings name it. */
  path: string;
  /** Without them, as type errors name it. */
  fieldPath: string;
  name: string;
  parent: string;
  grandparent: string;
}

const ROOT: Place = {
  path: '',
  fieldPath: '',
  name: '',
  parent: '',
  grandparent: '',
};

/**
 * Reads an object of a built-in kind as the server's own types do: unknown
 * fields, nulls and empty values vanish, quantities get their canonical form.
 *
 * @throws DecodingError
 */
export function decodeBuiltIn(value: unknown, schema: TypeSchema): Decoded {
  const unknownFields: string[] = [];
  return {
    value: decode(value, schema, ROOT, unknownFields, ''),
    unknownFields,
  };
}

/** A part of an object, such as the metadata of a custom kind. */
export function decodeBuiltInPart(
  value: unknown,
  schema: TypeSchema,
  path: string,
  unknownFields: string[],
): unknown {
  return decode(
    value,
    schema,
    { ...ROOT, path, name: path },
    unknownFields,
    '',
  );
}

function decode(
  value: unknown,
  schema: TypeSchema,
  place: Place,
  unknownFields: string[],
  struct: string,
): unknown {
  if (schema.format === 'quantity') {
    return decodeQuantity(value);
  }
  if (schema.intOrString) {
    if (typeof value !== 'string' && !Number.isInteger(value)) {
      throw mismatch(value, place, struct, 'intstr.IntOrString');
    }
    return value;
  }
  switch (schema.type) {
    case 'object':
      return decodeObject(value, schema, place, unknownFields, struct);
    case 'array': {
      if (!Array.isArray(value)) {
        throw mismatch(value, place, struct, `[]${goName(schema.items)}`);
      }
      const { items } = schema;
      return items
        ? value.map((child, index) =>
            decode(
              child ?? zeroOf(items),
              items,
              { ...place, path: `${place.path}[${index}]` },
              unknownFields,
              struct,
            ),
          )
        : copied(value);
    }
    case 'string':
      if (typeof value !== 'string') {
        throw mismatch(value, place, struct, goName(schema));
      }
      if (schema.format === 'date-time') {
        return decodeTime(value, place.path);
      }
      if (schema.format === 'byte') {
        return decodeBase64(value);
      }
      return value;
    case 'boolean':
      if (typeof value !== 'boolean') {
        throw mismatch(value, place, struct, 'bool');
      }
      return value;
    case 'integer':
      if (!Number.isInteger(value)) {
        throw mismatch(value, place, struct, goName(schema));
      }
      return value;
    case 'number':
      if (typeof value !== 'number') {
        throw mismatch(value, place, struct, 'float64');
      }
      return value;
    default:
      return copied(value);
  }
}

function decodeObject(
  value: unknown,
  schema: TypeSchema,
  place: Place,
  unknownFields: string[],
  struct: string,
): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw mismatch(value, place, struct, goName(schema));
  }
  const values = schema.additionalProperties;
  const names = schema.propertyNames();
  if (!values && names.length === 0) {
    // A type without fields of its own (FieldsV1, RawExtension) takes any.
    return copied(value);
  }
  const self = schema.goType ?? struct;
  const result: Record<string, unknown> = {};
  for (const [name, child] of Object.entries(value)) {
    const field = values ?? schema.property(name);
    if (!field) {
      unknownFields.push(joined(place.path, name));
      continue;
    }
    const here: Place = values
      ? { ...place, path: joined(place.path, name) }
      : {
          path: joined(place.path, name),
          fieldPath: joined(place.fieldPath, name),
          name,
          parent: place.name,
          grandparent: place.parent,
        };
    if (child === null) {
      if (values) {
        setMember(result, name, zeroOf(values));
      } else if (schema.required.includes(name)) {
        // Without a default it is a pointer, which stays empty.
        const zero = field.default === undefined ? undefined : zeroOf(field);
        if (zero !== undefined) {
          result[name] = zero;
        }
      }
      continue;
    }
    const decoded = decode(child, field, here, unknownFields, self);
    if (values || !vanishes(decoded, field, here, schema)) {
      setMember(result, name, decoded);
    }
  }
  if (!values) {
    addZeros(result, schema, place);
  }
  return result;
}

/** Whether Go leaves the value out where it writes the object. */
function vanishes(
  value: unknown,
  field: TypeSchema,
  { name, parent, grandparent }: Place,
  owner: TypeSchema,
): boolean {
  if (owner.required.includes(name) || field.default !== undefined) {
    return false;
  }
  return (
    isEmpty(value, field) ||
    (field.type !== undefined && isLeftOut(value, name, parent, grandparent))
  );
}

/**
 * Fields that Go cannot leave out are published with a default: the zero value
 * of their type, or a constant of the kind.
 */
function addZeros(
  result: Record<string, unknown>,
  schema: TypeSchema,
  place: Place,
): void {
  for (const name of schema.propertyNames()) {
    if (
      Object.hasOwn(result, name) ||
      (name === 'metadata' && place.path !== '')
    ) {
      continue;
    }
    const field = schema.property(name);
    if (field?.default !== undefined) {
      result[name] = decode(
        field.default,
        field,
        { ...place, path: joined(place.path, name), name },
        [],
        '',
      );
    }
  }
}

/** Lists and maps without members vanish; structures stay, even empty ones. */
function isEmpty(value: unknown, schema: TypeSchema): boolean {
  if (Array.isArray(value)) {
    return value.length === 0;
  }
  return (
    schema.additionalProperties !== undefined &&
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).length === 0
  );
}

function zeroOf(schema: TypeSchema): unknown {
  if (schema.format === 'quantity') {
    return '0';
  }
  switch (schema.type) {
    case 'string':
      return '';
    case 'integer':
    case 'number':
      return 0;
    case 'boolean':
      return false;
    case 'object':
      return schema.additionalProperties ? undefined : {};
    default:
      return undefined;
  }
}

function mismatch(
  value: unknown,
  place: Place,
  struct: string,
  expected: string,
): DecodingError {
  return new DecodingError(
    `json: cannot unmarshal ${jsonName(value)} into Go struct field ${struct}.${
      place.fieldPath
    } of type ${expected}`,
    conversionError(value, expected),
  );
}

function jsonName(value: unknown): string {
  if (Array.isArray(value)) {
    return 'array';
  }
  switch (typeof value) {
    case 'boolean':
      return 'bool';
    case 'number':
      return Number.isInteger(value) ? 'number' : `number ${value}`;
    default:
      return typeof value;
  }
}

function goName(schema: TypeSchema | undefined): string {
  switch (schema?.type) {
    case 'integer':
      return schema.format ?? 'int32';
    case 'boolean':
      return 'bool';
    case 'array':
      return `[]${goName(schema.items)}`;
    case 'object':
      return schema.additionalProperties
        ? `map[string]${goName(schema.additionalProperties)}`
        : `v1.${schema.goType ?? 'struct'}`;
    default:
      return 'string';
  }
}

function joined(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

function copied<T>(value: T): T {
  return cloneJson(value);
}
