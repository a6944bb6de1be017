import { keyOf } from './listItems';
import { malformed, refused, unknownDirective } from './strategicErrors';
import { isRecord, type JsonRecord } from '../../model/jsonRecord';

export const PATCH = '$patch';
export const RETAIN_KEYS = '$retainKeys';
export const DELETE_FROM_LIST = '$deleteFromPrimitiveList';
export const SET_ORDER = '$setElementOrder';

/** A directive on the whole object: nothing of the original stays. */
export function directed(patch: JsonRecord): JsonRecord {
  const { [PATCH]: directive, ...rest } = patch;
  switch (directive) {
    case 'replace':
      return rest;
    case 'delete':
      return {};
    default:
      throw unknownDirective(directive, patch);
  }
}

/** The original without the keys that `$retainKeys` does not name. */
export function retained(original: JsonRecord, patch: JsonRecord): JsonRecord {
  if (!(RETAIN_KEYS in patch)) {
    return { ...original };
  }
  const keys = patch[RETAIN_KEYS];
  if (!Array.isArray(keys)) {
    throw malformed('retainKeys');
  }
  for (const [key, value] of Object.entries(patch)) {
    const isData =
      key !== RETAIN_KEYS &&
      value !== null &&
      !key.startsWith(DELETE_FROM_LIST) &&
      !key.startsWith(SET_ORDER);
    if (isData && !keys.includes(key)) {
      throw malformed('retainKeys');
    }
  }
  return Object.fromEntries(
    Object.entries(original).filter(([key]) => keys.includes(key)),
  );
}

/** What stays of the original, and what of the patch is an item. */
export function directedItems(
  original: readonly unknown[],
  patch: readonly unknown[],
  mergeKey: string,
): { kept: readonly unknown[]; items: readonly unknown[] } {
  let kept = original;
  let replaces = false;
  const items: unknown[] = [];
  for (const item of patch) {
    const directive = isRecord(item) ? item[PATCH] : undefined;
    if (!isRecord(item) || directive === undefined) {
      items.push(item);
    } else if (directive === 'delete') {
      const key = keyOf(item, mergeKey, true);
      kept = kept.filter(one => keyOf(one, mergeKey) !== key);
    } else if (directive === 'replace') {
      replaces = true;
    } else if (directive === 'merge') {
      throw refused('merging lists cannot yet be specified in the patch');
    } else {
      throw unknownDirective(directive, item);
    }
  }
  return replaces ? { kept: [], items } : { kept, items };
}

/** The list that a directive such as `$setElementOrder/containers` is about. */
export function nameOf(
  key: string,
  directive: string,
  what: 'primitive' | 'setElementOrder',
): string {
  if (!key.startsWith(`${directive}/`)) {
    throw malformed(what);
  }
  return key.slice(directive.length + 1);
}
