import { applyPatch, type Operation } from 'rfc6902';
import { StatusError } from '../../model/StatusError';

import { fitOperation } from './fitOperation';
import { fromPlainNames, toPlainNames, toPlainPointer } from './plainNames';
import { printJsonKind } from './printJsonKind';
import { rejected } from './rejected';
import { ownMember } from '../../model/ownMember';
import { isRecord, type JsonRecord } from '../../model/jsonRecord';

const MAX_OPERATIONS = 10_000;
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  add: ['path', 'value'],
  remove: ['path'],
  replace: ['path', 'value'],
  move: ['path', 'from'],
  copy: ['path', 'from'],
  test: ['path'],
};

/**
 * RFC 6902.
 *
 * @param operations - the parsed body
 * @throws StatusError 400 where it is no list of operations, 413 where it is
 * too long, 422 where one does not fit the object
 */
export function jsonPatch(object: JsonRecord, operations: unknown): JsonRecord {
  const list = readOperations(operations);
  const root = { object: toPlainNames(object) };
  for (const operation of list) {
    apply(root, operation);
  }
  const result = fromPlainNames(root.object);
  if (!isRecord(result)) {
    throw rejected();
  }
  return result;
}

function readOperations(operations: unknown): JsonRecord[] {
  if (!Array.isArray(operations)) {
    throw undecodable(operations, '[]handlers.jsonPatchOp');
  }
  if (operations.length > MAX_OPERATIONS) {
    throw new StatusError({
      code: 413,
      reason: 'RequestEntityTooLarge',
      message: `Request entity is too large: The allowed maximum operations in a JSON patch is ${MAX_OPERATIONS}, got ${operations.length}`,
    });
  }
  return operations.map(operation => {
    if (!isRecord(operation)) {
      throw undecodable(operation, 'handlers.jsonPatchOp');
    }
    return operation;
  });
}

function undecodable(value: unknown, goType: string): StatusError {
  return StatusError.badRequest(
    `error decoding patch: json: cannot unmarshal ${printJsonKind(
      value,
    )} into Go value of type ${goType}`,
  );
}

function apply(root: { object: unknown }, written: JsonRecord): void {
  const operation = withPlainNames(written);
  if (!isOperation(operation)) {
    throw rejected();
  }
  const fitted = fitOperation(operation, root.object);
  if (!fitted) {
    throw rejected();
  }
  // Below a member of its own, so that the path '' has something to replace.
  const below = {
    ...fitted,
    path: `/object${fitted.path}`,
    ...('from' in fitted ? { from: `/object${fitted.from}` } : {}),
  };
  const [problem] = applyPatch(root, [below]);
  if (problem) {
    throw rejected();
  }
}

function withPlainNames(operation: JsonRecord): JsonRecord {
  const { path, from, value } = operation;
  return {
    ...operation,
    ...(typeof path === 'string' ? { path: toPlainPointer(path) } : {}),
    ...(typeof from === 'string' ? { from: toPlainPointer(from) } : {}),
    ...(value === undefined ? {} : { value: toPlainNames(value) }),
  };
}

function isOperation(
  operation: JsonRecord,
): operation is JsonRecord & Operation {
  const needed =
    typeof operation.op === 'string'
      ? ownMember(NEEDED, operation.op)
      : undefined;
  return (
    needed !== undefined &&
    needed.every(
      name =>
        operation[name] !== undefined &&
        (name === 'value' || isPointer(operation[name])),
    )
  );
}

function isPointer(value: unknown): boolean {
  return typeof value === 'string' && (value === '' || value.startsWith('/'));
}
