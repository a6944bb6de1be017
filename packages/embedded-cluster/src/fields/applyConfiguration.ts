import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { timestamp } from '../model/Clock';
import { apiVersionOf, type ResourceType } from '../model/ResourceType';
import { StatusError } from '../model/StatusError';
import { allowedByLastApplied, withLastApplied } from './lastApplied';
import { ConflictError } from './ConflictError';
import { FieldSet } from './FieldSet';
import { findTypeErrors, printTypeErrors } from './findTypeErrors';
import { jsonEquals } from './jsonValue';
import { knownManagers } from './knownManagers';
import {
  managerKey,
  readManagers,
  writeManagers,
  type ManagerIdentity,
  type Managers,
} from './managers';
import { mergeTypeOf } from './mergeType';
import { mergeValues } from './mergeValues';
import { pruneFields } from './pruneFields';
import { resetFieldsOf } from './resetFields';
import { strippedFields } from './strippedFields';
import { takeOver } from './takeOver';
import { toFieldSet } from './toFieldSet';
import { updateIdentity, updateManagers } from './trackUpdate';
import { zeroObject } from './zeroObject';

/** Owner of what was there before somebody applied for the first time. */
const BEFORE_FIRST_APPLY = 'before-first-apply';
/** kubectl takes over from its own client-side apply without conflicts. */
const KUBECTL = 'kubectl';

export interface ApplyConfiguration {
  /** As stored; absent where there is none yet. */
  live?: KubernetesObject;
  /** What the client sent, with apiVersion, kind and metadata. */
  applied: KubernetesObject;
  /** Field manager. */
  manager: string;
  /** Take fields over from others instead of refusing. */
  force: boolean;
  type: ResourceType;
  /** Through which the write came. */
  subresource?: string;
  nowMilliseconds: number;
}

/**
 * Server-side apply: the live object with the applied fields laid over it and
 * without those that the manager applied before and that nobody else owns,
 * managedFields included. Defaults are not filled in, and an object or list of
 * which nothing is left is null, as on the real server, which refuses that in a
 * definition's kind. It shares what it did not change with `live` and `applied`.
 *
 * @throws StatusError 409 with a cause for each field that others own and that
 * would change; 500 without a reason where an object is not of its type; 400
 * for a configuration of another kind or with managedFields
 */
export function applyConfiguration(
  options: ApplyConfiguration,
): KubernetesObject {
  const { type, manager } = options;
  checkKind(type, options.applied);
  const live = options.live ?? zeroObject(type);
  const start = startingPoint(options, live);
  let result: KubernetesObject;
  try {
    result = apply(options, live, start, options.force);
  } catch (error) {
    if (!(error instanceof ConflictError) || manager !== KUBECTL) {
      throw error;
    }
    const allowed = allowedByLastApplied(type, live);
    const left = error.conflicts.filter(({ path }) => !allowed?.has(path));
    if (left.length > 0) {
      throw allowed ? new ConflictError(left) : error;
    }
    result = apply(options, live, start, true);
  }
  return manager === KUBECTL
    ? withLastApplied(result, options.applied)
    : result;
}

/** Who owns what before the apply. What was never tracked gets an owner of its own. */
function startingPoint(
  { live: stored, type, subresource, nowMilliseconds }: ApplyConfiguration,
  live: KubernetesObject,
): Managers {
  const managers = readManagers(live.metadata.managedFields);
  if (!managers) {
    throw typedError(
      `failed to decode managed fields: an entry of metadata.managedFields of ${live.kind} ${live.metadata.name} is none`,
    );
  }
  if (managers.size > 0 || !stored) {
    return managers;
  }
  return updateManagers({
    type,
    before: zeroObject(type),
    after: live,
    managers,
    identity: updateIdentity(type, BEFORE_FIRST_APPLY, subresource),
    nowMilliseconds,
  });
}

function apply(
  options: ApplyConfiguration,
  live: KubernetesObject,
  start: Managers,
  force: boolean,
): KubernetesObject {
  const { applied, type, subresource, nowMilliseconds } = options;
  const mergeType = mergeTypeOf(type.schema);
  checkTyped(options, live);

  const managers = knownManagers(new Map(start), type);
  const identity: ManagerIdentity = {
    manager: options.manager === '' ? 'unknown' : options.manager,
    operation: 'Apply',
    apiVersion: apiVersionOf(type),
    ...(subresource === undefined ? {} : { subresource }),
  };
  const key = managerKey(identity);
  const last = managers.get(key);
  const reset = resetFieldsOf(type, subresource);
  const own = toFieldSet(mergeType, applied).recursiveDifference(reset);
  managers.set(key, { identity, set: own, time: last?.time });

  const merged = mergeValues(mergeType, live, applied);
  const pruned = toObject(
    pruneFields(mergeType, merged, last?.set ?? FieldSet.empty, managers),
  );
  takeOver({
    type: mergeType,
    before: live,
    after: pruned,
    managers,
    writer: key,
    reset,
    force,
  });

  const changed = pruned !== live && !jsonEquals(pruned, live);
  const set = own.difference(strippedFields);
  if (set.isEmpty()) {
    managers.delete(key);
  } else {
    managers.set(key, {
      identity,
      set: last?.set.equals(set) ? last.set : set,
      time: changed ? timestamp(nowMilliseconds) : last?.time,
    });
  }
  return withManagedFields(pruned, managers);
}

function withManagedFields(
  object: KubernetesObject,
  managers: Managers,
): KubernetesObject {
  const { managedFields: _managedFields, ...metadata } = object.metadata;
  const entries = writeManagers(managers);
  return {
    ...object,
    metadata: {
      ...metadata,
      ...(entries.length === 0 ? {} : { managedFields: entries }),
    },
  };
}

function checkKind(type: ResourceType, applied: KubernetesObject): void {
  if (applied.apiVersion !== apiVersionOf(type) || applied.kind !== type.kind) {
    const slash = applied.apiVersion.indexOf('/');
    const version = slash < 0 ? `/${applied.apiVersion}` : applied.apiVersion;
    throw StatusError.badRequest(
      `invalid object type: ${version}, Kind=${applied.kind}`,
    );
  }
  if (Array.isArray(applied.metadata.managedFields)) {
    throw StatusError.badRequest('metadata.managedFields must be nil');
  }
}

const valid = new WeakMap<KubernetesObject, ResourceType>();

function checkTyped(
  { applied, type }: ApplyConfiguration,
  live: KubernetesObject,
): void {
  const mergeType = mergeTypeOf(type.schema);
  const errors = findTypeErrors(mergeType, applied, false);
  if (errors.length > 0) {
    throw typedError(
      `failed to create typed patch object (${describe(
        type,
        applied,
      )}): ${printTypeErrors(errors)}`,
    );
  }
  if (valid.get(live) === type) {
    return;
  }
  const stored = findTypeErrors(mergeType, live, true);
  if (stored.length > 0) {
    throw typedError(
      `failed to create typed live object (${describe(
        type,
        live,
      )}): ${printTypeErrors(stored)}`,
    );
  }
  valid.set(live, type);
}

/** The server answers these without a reason: they are no `InternalError`. */
function typedError(message: string): StatusError {
  return new StatusError({ code: 500, message });
}

function describe(
  { group, version, kind }: ResourceType,
  { metadata }: KubernetesObject,
): string {
  return `${metadata.namespace ?? ''}/${
    metadata.name
  }; ${group}/${version}, Kind=${kind}`;
}

function toObject(value: unknown): KubernetesObject {
  if (!isObject(value)) {
    throw new Error('an apply left nothing of the object, not even its name');
  }
  return value;
}

function isObject(value: unknown): value is KubernetesObject {
  return typeof value === 'object' && value !== null && 'metadata' in value;
}
