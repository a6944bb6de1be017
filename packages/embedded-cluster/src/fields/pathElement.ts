import { goJson } from './goJson';

/**
 * One step of a field's path, as `managedFields` writes it:
 *
 * - `f:name` a field of an object
 * - `k:{"name":"a"}` the item of a list with these keys, in the order of the keys' names
 * - `v:"a"` the item of a set with this value
 * - `i:0` the item at this place
 */
export type PathElement = string;

export function fieldElement(name: string): PathElement {
  return `f:${name}`;
}

/** @param keys - name and value of each key field, in any order */
export function keyElement(keys: readonly (readonly [string, unknown])[]) {
  const sorted =
    keys.length < 2
      ? keys
      : [...keys].sort(([one], [other]) => compareText(one, other));
  return `k:{${sorted
    .map(([name, value]) => `${goJson(name)}:${quoteValue(value)}`)
    .join(',')}}`;
}

export function valueElement(value: unknown): PathElement {
  return `v:${quoteValue(value)}`;
}

/** The name in an `f:` element; undefined for the others. */
export function fieldName(element: PathElement): string | undefined {
  return element.startsWith('f:') ? element.slice(2) : undefined;
}

const parsed = new Map<string, PathElement | undefined>();
const PARSED_LIMIT = 20_000;

/**
 * An element from outside, brought into the one form that compares equal.
 *
 * @returns undefined for what is none
 */
export function parsePathElement(text: string): PathElement | undefined {
  if (text.startsWith('f:')) {
    return text;
  }
  if (!parsed.has(text)) {
    if (parsed.size >= PARSED_LIMIT) {
      parsed.clear();
    }
    parsed.set(text, parse(text));
  }
  return parsed.get(text);
}

function parse(text: string): PathElement | undefined {
  try {
    switch (text.slice(0, 2)) {
      case 'k:': {
        const keys: unknown = JSON.parse(text.slice(2));
        return typeof keys === 'object' && keys !== null
          ? keyElement(Object.entries(keys))
          : undefined;
      }
      case 'v:':
        return valueElement(JSON.parse(text.slice(2)));
      case 'i:':
        return /^i:\d+$/.test(text) ? text : undefined;
      default:
        return undefined;
    }
  } catch (error) {
    if (error instanceof SyntaxError) {
      return undefined;
    }
    throw error;
  }
}

/** As messages name it: `.data`, `[name="a"]`, `[="a"]`, `[0]`. */
export function printPathElement(element: PathElement): string {
  const rest = element.slice(2);
  switch (element[0]) {
    case 'f':
      return `.${rest}`;
    case 'k': {
      const keys: Record<string, unknown> = JSON.parse(rest);
      return `[${Object.entries(keys)
        .sort(([one], [other]) => compareText(one, other))
        .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
        .join(',')}]`;
    }
    case 'v':
      return `[=${JSON.stringify(JSON.parse(rest))}]`;
    default:
      return `[${rest}]`;
  }
}

const RANK: Readonly<Record<string, number>> = { f: 0, k: 1, v: 2, i: 3 };

/** The order in which `managedFields` lists them: fields, keys, values, indexes. */
export function comparePathElements(
  one: PathElement,
  other: PathElement,
): number {
  const rank = RANK[one[0]] - RANK[other[0]];
  if (rank !== 0 || one === other) {
    return rank;
  }
  switch (one[0]) {
    case 'f':
      return compareText(one, other);
    case 'k':
      return compareKeys(JSON.parse(one.slice(2)), JSON.parse(other.slice(2)));
    default:
      return compareValues(
        JSON.parse(one.slice(2)),
        JSON.parse(other.slice(2)),
      );
  }
}

function compareKeys(
  one: Record<string, unknown>,
  other: Record<string, unknown>,
): number {
  const ours = Object.entries(one).sort(([a], [b]) => compareText(a, b));
  const theirs = Object.entries(other).sort(([a], [b]) => compareText(a, b));
  for (let at = 0; at < ours.length && at < theirs.length; at += 1) {
    const order =
      compareText(ours[at][0], theirs[at][0]) ||
      compareValues(ours[at][1], theirs[at][1]);
    if (order !== 0) {
      return order;
    }
  }
  return ours.length - theirs.length;
}

/** Numbers before text before booleans, as far as keys and sets hold them. */
function compareValues(one: unknown, other: unknown): number {
  if (typeof one === 'number' && typeof other === 'number') {
    return one - other;
  }
  if (typeof one === 'boolean' && typeof other === 'boolean') {
    return Number(one) - Number(other);
  }
  if (typeof one === 'string' && typeof other === 'string') {
    return compareText(one, other);
  }
  const kinds = ['number', 'string', 'boolean'];
  return kinds.indexOf(typeof one) - kinds.indexOf(typeof other);
}

function compareText(one: string, other: string): number {
  if (one === other) {
    return 0;
  }
  return one < other ? -1 : 1;
}

function quoteValue(value: unknown): string {
  return typeof value === 'string'
    ? goJson(value)
    : JSON.stringify(value ?? null);
}
