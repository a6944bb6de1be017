import { validListElement } from './listElement';
import type { ListMergeType, MapMergeType, MergeType } from './mergeType';
import type { PathElement } from './pathElement';
import { asList, asMap, fieldType, shapeOf } from './shapeOf';
import { setMember } from '../model/setMember';
import { type JsonRecord } from '../model/jsonRecord';

/**
 * The live value with the applied one laid over it. What is not touched is the
 * live value's own, so that the result costs only what it changes, and is the
 * live value itself when nothing changes.
 *
 * @param live - undefined: not there
 * @param applied - undefined: says nothing about it
 */
export function mergeValues(
  type: MergeType,
  live: unknown,
  applied: unknown,
): unknown {
  if (applied === undefined) {
    return live;
  }
  if (live === undefined) {
    return applied;
  }
  const shape = shapeOf(type, applied);
  switch (shape.kind) {
    case 'map':
      return mergeMaps(shape.type, live, applied);
    case 'list':
      return mergeLists(shape.type, live, applied);
    default:
      return applied;
  }
}

function mergeMaps(
  type: MapMergeType,
  live: unknown,
  applied: unknown,
): unknown {
  const ours = asMap(live);
  const theirs = asMap(applied);
  if (type.atomic || (isBareMap(ours) && isBareMap(theirs))) {
    return applied;
  }
  const merged: JsonRecord = { ...ours };
  let same = ours !== undefined;
  for (const name of Object.keys(theirs ?? {})) {
    const child = fieldType(type, name);
    if (!child) {
      continue;
    }
    const before = ours && Object.hasOwn(ours, name) ? ours[name] : undefined;
    const after = mergeValues(child, before, theirs?.[name]);
    if (after !== before) {
      same = false;
    }
    if (after === undefined) {
      delete merged[name];
    } else {
      setMember(merged, name, after);
    }
  }
  return same ? live : merged;
}

function isBareMap(map: JsonRecord | undefined): boolean {
  return map === undefined || Object.keys(map).length === 0;
}

function mergeLists(
  type: ListMergeType,
  live: unknown,
  applied: unknown,
): unknown {
  const ours = asList(live) ?? [];
  const theirs = asList(applied) ?? [];
  if (type.atomic || (ours.length === 0 && theirs.length === 0)) {
    return applied;
  }
  if (theirs.length === 0) {
    return live;
  }
  const ourElements = ours.map(item => validListElement(type, item));
  const theirElements = theirs.map(item => validListElement(type, item));
  const ourItems = indexItems(ours, ourElements);
  const theirItems = indexItems(theirs, theirElements);
  const merged = mergeOrders(ourElements, theirElements).map(
    ({ element, at }) =>
      theirItems.has(element)
        ? mergeValues(
            type.element,
            ourItems.get(element),
            theirItems.get(element),
          )
        : ours[at],
  );
  return merged.length === ours.length &&
    merged.every((item, at) => item === ours[at])
    ? live
    : merged;
}

/** Items by element. Of several with the same one none can be merged into: null. */
function indexItems(
  items: readonly unknown[],
  elements: readonly PathElement[],
): Map<PathElement, unknown> {
  const index = new Map<PathElement, unknown>();
  for (const [at, element] of elements.entries()) {
    index.set(element, index.has(element) ? null : items[at]);
  }
  return index;
}

/**
 * One order out of two: items that both lists have stand in the order of the
 * applied list; the others keep their place among their neighbours as far as
 * that allows.
 */
function mergeOrders(
  ours: readonly PathElement[],
  theirs: readonly PathElement[],
): { element: PathElement; at: number }[] {
  const inOurs = new Set(ours);
  const inTheirs = new Set(theirs);
  const shared = theirs.filter(element => inOurs.has(element));
  let nextShared = 0;
  const taken = new Set<PathElement>();
  const order: { element: PathElement; at: number }[] = [];

  let left = 0;
  let right = 0;
  while (left < ours.length || right < theirs.length) {
    if (left < ours.length && right < theirs.length) {
      const element = ours[left];
      if (element === theirs[right]) {
        taken.add(element);
        order.push({ element, at: left });
        left += 1;
        right += 1;
        nextShared += 1;
        continue;
      }
      if (
        inTheirs.has(element) &&
        nextShared < shared.length &&
        shared[nextShared] !== element
      ) {
        // Of both lists, but not the one whose turn it is: it comes later.
        left += 1;
        continue;
      }
    }
    if (left < ours.length) {
      const element = ours[left];
      if (!inTheirs.has(element)) {
        order.push({ element, at: left });
        left += 1;
        continue;
      }
      if (taken.has(element)) {
        left += 1;
      }
    }
    if (right < theirs.length) {
      const element = theirs[right];
      taken.add(element);
      order.push({ element, at: right });
      right += 1;
      if (shared[nextShared] === element) {
        nextShared += 1;
      }
    }
  }
  return order;
}
