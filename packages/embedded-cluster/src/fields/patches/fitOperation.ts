import type { Operation } from 'rfc6902';
import { isRecord } from '../../model/jsonRecord';

/**
 * An operation in the library's terms. The API server is more lenient than
 * RFC 6902: it replaces members that are not there, copies them as null, and
 * counts negative indexes from the end.
 *
 * @returns undefined where the server refuses it: an index beyond the end of a list
 */
export function fitOperation(
  operation: Operation,
  object: unknown,
): Operation | undefined {
  const isAdding = ['add', 'move', 'copy'].includes(operation.op);
  const path = fitPath(operation.path, object, isAdding);
  if (path === undefined) {
    return undefined;
  }
  if (operation.op === 'replace' && path !== '' && isMember(path, object)) {
    return { op: 'add', path, value: operation.value };
  }
  if (operation.op !== 'move' && operation.op !== 'copy') {
    return { ...operation, path };
  }
  const from = fitPath(operation.from, object, false);
  if (from === undefined) {
    return undefined;
  }
  const isCopyOfNothing =
    operation.op === 'copy' &&
    isMember(from, object) &&
    !hasMember(from, object);
  return isCopyOfNothing
    ? { op: 'add', path, value: null }
    : { ...operation, from, path };
}

function fitPath(
  path: string,
  object: unknown,
  isAdding: boolean,
): string | undefined {
  const { parent, key } = lookUp(path, object);
  if (!Array.isArray(parent) || (isAdding && key === '-')) {
    return path;
  }
  if (!/^-?\d+$/.test(key)) {
    return undefined;
  }
  const places = isAdding ? parent.length + 1 : parent.length;
  const index = Number(key) < 0 ? Number(key) + places : Number(key);
  return index >= 0 && index < places
    ? `${path.slice(0, path.lastIndexOf('/'))}/${index}`
    : undefined;
}

function isMember(path: string, object: unknown): boolean {
  return isRecord(lookUp(path, object).parent);
}

function hasMember(path: string, object: unknown): boolean {
  const { parent, key } = lookUp(path, object);
  return isRecord(parent) && Object.hasOwn(parent, key);
}

function lookUp(
  path: string,
  object: unknown,
): { parent: unknown; key: string } {
  const steps = path
    .split('/')
    .slice(1)
    .map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const key = steps.pop();
  if (key === undefined) {
    return { parent: undefined, key: '' };
  }
  let parent = object;
  for (const step of steps) {
    if (Array.isArray(parent)) {
      parent =
        parent[Number(step) < 0 ? parent.length + Number(step) : Number(step)];
    } else {
      parent =
        isRecord(parent) && Object.hasOwn(parent, step)
          ? parent[step]
          : undefined;
    }
  }
  return { parent, key };
}
