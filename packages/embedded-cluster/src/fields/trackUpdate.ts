import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { timestamp } from '../model/Clock';
import { apiVersionOf, type ResourceType } from '../model/ResourceType';
import { capUpdateManagers } from './capUpdateManagers';
import { jsonEquals } from './jsonValue';
import type { ManagedFieldsEntry } from './ManagedFieldsEntry';
import {
  managerKey,
  readManagers,
  writeManagers,
  type ManagerIdentity,
  type Managers,
} from './managers';
import { mergeTypeOf } from './mergeType';
import { resetFieldsOf } from './resetFields';
import { FieldSet } from './FieldSet';
import { strippedFields } from './strippedFields';
import { takeOver } from './takeOver';
import { knownManagers } from './knownManagers';
import { zeroObject } from './zeroObject';

export interface TrackUpdate {
  /** As stored; absent for a new object. */
  before?: KubernetesObject;
  /** As it is to be stored, with defaults. Its own managedFields count where the client sent some. */
  after: KubernetesObject;
  /** Field manager; `unknown` when empty. */
  manager: string;
  type: ResourceType;
  /** Through which the write came. */
  subresource?: string;
  nowMilliseconds: number;
}

/**
 * `metadata.managedFields` after a create, a PUT or a patch that is no apply:
 * what changed belongs to the writer now, what is gone to nobody.
 *
 * @returns the entries; none for an object whose fields nobody tracks (they
 * were reset by a client that sent an empty list)
 */
export function trackUpdate(options: TrackUpdate): ManagedFieldsEntry[] {
  const { before, after, manager, type, subresource, nowMilliseconds } =
    options;
  const managers = managersOf(before, after, subresource);
  if (managers.size === 0 && before) {
    return [];
  }
  const tracked = updateManagers({
    type,
    before: before ?? zeroObject(type),
    after,
    managers,
    identity: updateIdentity(type, manager, subresource),
    nowMilliseconds,
  });
  const entries = writeManagers(tracked);
  return before ? withOldTimes(before, after, entries) : entries;
}

/** Who a manager is when it writes by other means than apply. */
export function updateIdentity(
  type: ResourceType,
  manager: string,
  subresource: string | undefined,
): ManagerIdentity {
  return {
    manager: manager === '' ? 'unknown' : manager,
    operation: 'Update',
    apiVersion: apiVersionOf(type),
    ...(subresource === undefined ? {} : { subresource }),
  };
}

/** Gives the writer what it changes. Changes and returns `managers`. */
export function updateManagers(options: {
  type: ResourceType;
  before: KubernetesObject;
  after: KubernetesObject;
  managers: Managers;
  identity: ManagerIdentity;
  nowMilliseconds: number;
}): Managers {
  const { type, before, after, managers, identity, nowMilliseconds } = options;
  const { subresource } = identity;
  const reset = resetFieldsOf(type, subresource);
  const { modified, added } = takeOver({
    type: mergeTypeOf(type.schema),
    before: withoutManagedFields(before),
    after: withoutManagedFields(after),
    managers: knownManagers(managers, type),
    // The writer's own entry is one of the others: it, too, loses what is gone.
    writer: '',
    reset,
    force: true,
  });
  const changed = modified
    .union(added)
    .recursiveDifference(reset)
    .difference(strippedFields);
  if (!changed.isEmpty()) {
    const key = managerKey(identity);
    const previous = managers.get(key);
    managers.set(key, {
      identity,
      set: changed.union(previous?.set ?? FieldSet.empty),
      // The API server writes no times for what it takes over from a Scale.
      time:
        subresource === 'scale' ? previous?.time : timestamp(nowMilliseconds),
    });
  }
  return capUpdateManagers(managers);
}

/**
 * The owners to start from: what the client sent, if it understands
 * managedFields, otherwise what is stored. A subresource cannot change them.
 */
function managersOf(
  before: KubernetesObject | undefined,
  after: KubernetesObject,
  subresource: string | undefined,
): Managers {
  const stored = before?.metadata.managedFields;
  const sent = after.metadata.managedFields;
  if (subresource !== undefined || sent === stored) {
    return readManagers(stored) ?? new Map();
  }
  if (isReset(sent)) {
    return new Map();
  }
  const managers = readManagers(sent);
  return managers && managers.size > 0
    ? managers
    : readManagers(stored) ?? new Map();
}

/** `[]` and `[{}]` ask for nobody to own anything. */
function isReset(entries: unknown): boolean {
  return (
    Array.isArray(entries) &&
    (entries.length === 0 ||
      (entries.length === 1 && jsonEquals(entries[0], {})))
  );
}

function withoutManagedFields(object: KubernetesObject): KubernetesObject {
  if (object.metadata.managedFields === undefined) {
    return object;
  }
  const { managedFields: _managedFields, ...metadata } = object.metadata;
  return { ...object, metadata };
}

/** A write that changes nothing else does not change times either. */
function withOldTimes(
  before: KubernetesObject,
  after: KubernetesObject,
  entries: ManagedFieldsEntry[],
): ManagedFieldsEntry[] {
  const old = before.metadata.managedFields;
  return Array.isArray(old) &&
    jsonEquals(old.map(withoutTime), entries.map(withoutTime)) &&
    jsonEquals(withoutManagedFields(before), withoutManagedFields(after))
    ? old
    : entries;
}

function withoutTime(entry: unknown): unknown {
  return typeof entry === 'object' ? { ...entry, time: undefined } : entry;
}
