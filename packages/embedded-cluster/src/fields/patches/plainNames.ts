import { isRecord } from '../../model/jsonRecord';

/**
 * The library finds members that every object inherits, and passes over some
 * names that it takes for attacks. So that all names are plain to it, those
 * get a mark while it works.
 */
const MARK = '\u0000';

function marked(name: string): string {
  return name in Object.prototype ||
    name === 'prototype' ||
    name.startsWith(MARK)
    ? MARK + name
    : name;
}

function unmarked(name: string): string {
  return name.startsWith(MARK) ? name.slice(MARK.length) : name;
}

/** A copy that shares nothing, with plain names only. */
export function toPlainNames(value: unknown): unknown {
  return renamed(value, marked);
}

/** A copy with the names that it had before. */
export function fromPlainNames(value: unknown): unknown {
  return renamed(value, unmarked);
}

/** The JSON pointer to the same place in a value with plain names. */
export function toPlainPointer(pointer: string): string {
  return pointer.split('/').map(marked).join('/');
}

function renamed(value: unknown, rename: (name: string) => string): unknown {
  if (Array.isArray(value)) {
    return value.map(item => renamed(item, rename));
  }
  return isRecord(value)
    ? Object.fromEntries(
        Object.entries(value).map(([name, child]) => [
          rename(name),
          renamed(child, rename),
        ]),
      )
    : value;
}
