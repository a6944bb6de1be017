import { StatusError } from '../../model/StatusError';
import type { TypeSchema } from '../../model/TypeSchema';
import { jsonEquals } from '../jsonValue';
import { printGoValue } from '../printGo';
import {
  DELETE_FROM_LIST,
  directed,
  directedItems,
  nameOf,
  PATCH,
  RETAIN_KEYS,
  retained,
  SET_ORDER,
} from './directives';
import { asList, keyOf } from './listItems';
import { orderItems } from './orderItems';
import { printJsonKind } from './printJsonKind';
import { refused } from './strategicErrors';
import { withoutDirectives } from './withoutDirectives';
import { ownMember } from '../../model/ownMember';
import { setMember } from '../../model/setMember';
import { isRecord, type JsonRecord } from '../../model/jsonRecord';

/**
 * Kubernetes' own kind of patch: objects are merged as by a merge patch, lists
 * by the key that the schema names. Directives: `$patch` (replace, delete),
 * `$retainKeys`, `$setElementOrder/<list>`, `$deleteFromPrimitiveList/<list>`.
 *
 * @param schema - of a built-in kind; definitions say nothing about such patches
 * @throws StatusError 400 where the patch or a directive is malformed, 500
 * without a reason where it does not fit the object
 */
export function strategicMergePatch(
  object: JsonRecord,
  patch: unknown,
  schema: TypeSchema,
): JsonRecord {
  if (!isRecord(patch)) {
    throw StatusError.badRequest(
      `json: cannot unmarshal ${printJsonKind(
        patch,
      )} into Go value of type map[string]interface {}`,
    );
  }
  return mergeObjects(object, patch, schema);
}

function mergeObjects(
  original: JsonRecord,
  patch: JsonRecord,
  schema: TypeSchema | undefined,
): JsonRecord {
  if (PATCH in patch) {
    return directed(patch);
  }
  const result = retained(original, patch);
  const rest = { ...patch };
  delete rest[RETAIN_KEYS];
  mergeOrderedLists(result, rest, schema);

  for (const key of Object.keys(rest)) {
    const value = rest[key];
    if (key.startsWith(DELETE_FROM_LIST)) {
      const name = nameOf(key, DELETE_FROM_LIST, 'primitive');
      if (Array.isArray(result[name])) {
        result[name] = withoutItems(result[name], value);
      }
    } else if (value === null) {
      delete result[key];
    } else {
      const before = ownMember(result, key);
      set(result, key, mergeField(before, value, schema?.property(key)));
    }
  }
  return result;
}

function mergeField(
  original: unknown,
  value: unknown,
  schema: TypeSchema | undefined,
): unknown {
  if (isRecord(original) && isRecord(value)) {
    return schema?.patchStrategy.includes('replace')
      ? value
      : mergeObjects(original, value, schema?.additionalProperties ?? schema);
  }
  if (Array.isArray(original) && Array.isArray(value)) {
    return schema?.patchStrategy.includes('merge')
      ? mergeLists(original, value, schema)
      : value;
  }
  return withoutDirectives(value, {
    // What is new has nothing that its nulls could remove.
    dropNulls: true,
  });
}

/** Lists whose order the patch states, which takes them out of `rest`. */
function mergeOrderedLists(
  result: JsonRecord,
  rest: JsonRecord,
  schema: TypeSchema | undefined,
): void {
  for (const key of Object.keys(rest)) {
    if (!key.startsWith(SET_ORDER)) {
      continue;
    }
    const order = asList(rest[key]);
    const name = nameOf(key, SET_ORDER, 'setElementOrder');
    delete rest[key];
    const original = Object.hasOwn(result, name)
      ? asList(result[name])
      : undefined;
    const patch = Object.hasOwn(rest, name) ? asList(rest[name]) : undefined;
    const list = schema?.property(name);
    const mergeKey = list?.patchMergeKey;
    if (!original && !patch) {
      continue;
    }
    checkOrder(patch ?? [], order, mergeKey);
    let merged = original ?? [];
    if (patch) {
      merged =
        original && list?.patchStrategy.includes('merge')
          ? mergeLists(original, patch, list)
          : asList(withoutDirectives(patch, { dropNulls: false }));
    }
    result[name] = orderItems(merged, order, original ?? [], mergeKey);
    delete rest[name];
  }
}

/** The patch must list its items in the order that it asks for. */
function checkOrder(
  patch: readonly unknown[],
  order: readonly unknown[],
  mergeKey: string | undefined,
): void {
  if (order.length === 0) {
    return;
  }
  const items = patch.filter(item => !(isRecord(item) && PATCH in item));
  let at = 0;
  for (const wanted of order) {
    if (
      at < items.length &&
      jsonEquals(
        keyOf(items[at], mergeKey, true),
        keyOf(wanted, mergeKey, true),
      )
    ) {
      at += 1;
    }
  }
  if (at < items.length) {
    throw refused(
      `The order in patch list:\n${printGoValue(
        patch,
      )}\n doesn't match $setElementOrder list:\n${printGoValue(order)}\n`,
    );
  }
}

function mergeLists(
  original: readonly unknown[],
  patch: readonly unknown[],
  schema: TypeSchema,
): unknown[] {
  if (original.length === 0 && patch.length === 0) {
    return [];
  }
  const mergeKey = schema.patchMergeKey;
  if (mergeKey === undefined) {
    const merged = [...new Set([...original, ...patch])];
    return orderItems(merged, patch, original, undefined);
  }
  const { kept, items } = directedItems(original, patch, mergeKey);
  const merged = [...kept];
  for (const item of items) {
    const key = keyOf(item, mergeKey, true);
    const at = merged.findIndex(one => keyOf(one, mergeKey) === key);
    const old = merged[at];
    if (isRecord(old) && isRecord(item)) {
      merged[at] = mergeObjects(old, item, schema.items);
    } else {
      merged.push(withoutDirectives(item, { dropNulls: false }));
    }
  }
  return orderItems(merged, items, kept, mergeKey);
}

function withoutItems(list: readonly unknown[], items: unknown): unknown[] {
  const gone = asList(items);
  return list.filter(item => !gone.includes(item));
}

function set(object: JsonRecord, key: string, value: unknown): void {
  if (value === undefined) {
    delete object[key];
  } else {
    setMember(object, key, value);
  }
}
