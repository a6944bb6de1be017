import { isDeepStrictEqual } from 'node:util';
import { isJsonRecord } from '../model/jsonRecord';

/** `[name="api"]`, `["tcp"]`, `[0]` at the start of the rest of a path. */
const ITEM = /^\[((?:[^\]"]|"(?:[^"\\]|\\.)*")*)\]/;

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function itemAt(list: readonly unknown[], inside: string): unknown {
  if (/^\d+$/.test(inside)) {
    return list[Number(inside)];
  }
  if (inside.startsWith('=')) {
    const wanted = readJson(inside.slice(1));
    return list.find(item => isDeepStrictEqual(item, wanted));
  }
  const pairs = [...inside.matchAll(/([^=,]+)=("(?:[^"\\]|\\.)*"|[^,]+)/g)].map(
    ([, key, value]) => [key, readJson(value)] as const,
  );
  return list.find(
    item =>
      isJsonRecord(item) &&
      pairs.every(([key, value]) => isDeepStrictEqual(item[key], value)),
  );
}

/**
 * The value at a path as the server writes it in conflicts, such as
 * `.spec.template.spec.containers[name="api"].image`; undefined: there is none.
 *
 * @remarks
 * The server leaves dots within keys as they are (`.data.app.json`), so that
 * each key that fits is tried, the longest first.
 */
export function valueAtPath(value: unknown, path: string): unknown {
  if (path === '') {
    return value;
  }
  const item = ITEM.exec(path);
  if (item !== null) {
    return Array.isArray(value)
      ? valueAtPath(itemAt(value, item[1]), path.slice(item[0].length))
      : undefined;
  }
  const rest = path.startsWith('.') ? path.slice(1) : path;
  if (!isJsonRecord(value)) {
    return undefined;
  }
  return Object.keys(value)
    .filter(
      key => rest.startsWith(key) && /^$|^[.[]/.test(rest.slice(key.length)),
    )
    .sort((a, b) => b.length - a.length)
    .map(key => valueAtPath(value[key], rest.slice(key.length)))
    .find(found => found !== undefined);
}

/** Whether a field is the one that is meant, or lies within it. */
export function isWithinField(field: string, meant: string): boolean {
  const [inner, outer] = [field, meant].map(path =>
    path.startsWith('.') ? path : `.${path}`,
  );
  return (
    inner === outer ||
    inner.startsWith(`${outer}.`) ||
    inner.startsWith(`${outer}[`)
  );
}
