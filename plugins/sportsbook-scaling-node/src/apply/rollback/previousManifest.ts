import {
  FIELD_MANAGER,
  KubernetesObject,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { isDeepStrictEqual } from 'node:util';
import { isJsonRecord } from '../../model/jsonRecord';
import { fieldsOwnedBy } from '../fieldOwnership';

function isLeaf(fields: Record<string, unknown>): boolean {
  return Object.keys(fields).length === 0;
}

function keysOf(step: string): Record<string, unknown> {
  const keys: unknown = JSON.parse(step.slice(2));
  return isJsonRecord(keys) ? keys : {};
}

/** The items of a list that the owned fields name by key or value. */
function pickItems(list: unknown[], fields: Record<string, unknown>) {
  const items = Object.entries(fields);
  return list.flatMap(item => {
    const step = items.find(([name]) =>
      name.startsWith('k:')
        ? isJsonRecord(item) &&
          Object.entries(keysOf(name)).every(([key, value]) =>
            isDeepStrictEqual(item[key], value),
          )
        : name.startsWith('v:') &&
          isDeepStrictEqual(item, JSON.parse(name.slice(2))),
    );
    if (step === undefined) {
      return [];
    }
    const [name, inner] = step;
    const picked = pick(item, isJsonRecord(inner) ? inner : {});
    return name.startsWith('k:') && isJsonRecord(picked)
      ? [{ ...keysOf(name), ...picked }]
      : [picked];
  });
}

/** The part of a value that nested `f:` sets name; `.` stands for the value's own being there. */
function pick(value: unknown, fields: Record<string, unknown>): unknown {
  if (isLeaf(fields)) {
    return value;
  }
  if (Array.isArray(value)) {
    return pickItems(value, fields);
  }
  if (!isJsonRecord(value)) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(fields).flatMap(([step, inner]) => {
      const name = step.slice(2);
      return step.startsWith('f:') && name in value
        ? [[name, pick(value[name], isJsonRecord(inner) ? inner : {})]]
        : [];
    }),
  );
}

/** Both sets of fields; a whole value goes before its parts. */
function union(
  a: Record<string, unknown>,
  b: Record<string, unknown>,
): Record<string, unknown> {
  return Object.fromEntries(
    [...new Set([...Object.keys(a), ...Object.keys(b)])].map(key => {
      const [left, right] = [a[key], b[key]];
      if (!isJsonRecord(left) || !isJsonRecord(right)) {
        return [key, left ?? right];
      }
      return [key, isLeaf(left) || isLeaf(right) ? {} : union(left, right)];
    }),
  );
}

/**
 * The manifest that, applied by our field manager, brings an object back to
 * what it was: the earlier values of every field that we owned or own now. What
 * is not in it is taken away again, since we own it.
 */
export function previousManifest(
  before: KubernetesObject,
  after: KubernetesObject,
): KubernetesObject {
  const fields = union(
    fieldsOwnedBy(before, FIELD_MANAGER) ?? {},
    fieldsOwnedBy(after, FIELD_MANAGER) ?? {},
  );
  const picked = pick(before, fields);
  const { name, namespace } = before.metadata;
  const owned = isJsonRecord(picked) ? picked : {};
  return {
    ...owned,
    apiVersion: before.apiVersion,
    kind: before.kind,
    metadata: {
      ...(isJsonRecord(owned.metadata) ? owned.metadata : {}),
      name,
      ...(namespace === undefined ? {} : { namespace }),
    },
  };
}
