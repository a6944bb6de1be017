import { FieldSet } from './FieldSet';
import { readFieldsV1, writeFieldsV1 } from './fieldsV1';

import type { ManagedFieldsEntry } from './ManagedFieldsEntry';
import { isRecord } from '../model/jsonRecord';

/** Who owns fields, through which operation. */
export interface ManagerIdentity {
  manager: string;
  operation: 'Apply' | 'Update';
  /** Part of who it is for updates; those who apply are one over all versions. */
  apiVersion: string;
  subresource?: string;
}

export interface Ownership {
  identity: ManagerIdentity;
  set: FieldSet;
  /** RFC 3339, as in the entry. */
  time?: string;
}

/** All owners of an object's fields, by the key of their identity. */
export type Managers = Map<string, Ownership>;

export function managerKey(identity: ManagerIdentity): string {
  const { manager, operation, apiVersion, subresource } = identity;
  return JSON.stringify([
    manager,
    operation,
    operation === 'Apply' ? '' : apiVersion,
    subresource ?? '',
  ]);
}

/**
 * Reads `metadata.managedFields`.
 *
 * @returns undefined where an entry is none
 */
export function readManagers(entries: unknown): Managers | undefined {
  const managers: Managers = new Map();
  for (const entry of Array.isArray(entries) ? entries : []) {
    const ownership = readEntry(entry);
    if (!ownership) {
      return undefined;
    }
    managers.set(managerKey(ownership.identity), ownership);
  }
  return managers;
}

function readEntry(entry: unknown): Ownership | undefined {
  if (!isRecord(entry)) {
    return undefined;
  }
  const { manager, operation, apiVersion, time, fieldsType, subresource } =
    entry;
  if (
    (operation !== 'Apply' && operation !== 'Update') ||
    typeof apiVersion !== 'string' ||
    apiVersion === '' ||
    fieldsType !== 'FieldsV1'
  ) {
    return undefined;
  }
  return {
    identity: {
      manager: typeof manager === 'string' ? manager : '',
      operation,
      apiVersion,
      ...(typeof subresource === 'string' && subresource !== ''
        ? { subresource }
        : {}),
    },
    set: readFieldsV1(entry.fieldsV1),
    ...(typeof time === 'string' ? { time } : {}),
  };
}

/** Entries as they are stored: those who apply first, then by time and name. */
export function writeManagers(managers: Managers): ManagedFieldsEntry[] {
  return [...managers.values()].sort(compareOwnerships).map(toEntry);
}

function toEntry({ identity, set, time }: Ownership): ManagedFieldsEntry {
  const { manager, operation, apiVersion, subresource } = identity;
  return {
    ...(manager === '' ? {} : { manager }),
    operation,
    apiVersion,
    ...(time === undefined ? {} : { time }),
    fieldsType: 'FieldsV1',
    fieldsV1: writeFieldsV1(set),
    ...(subresource === undefined ? {} : { subresource }),
  };
}

function compareOwnerships(one: Ownership, other: Ownership): number {
  return (
    compareText(one.identity.operation, other.identity.operation) ||
    compareText(one.time ?? '', other.time ?? '') ||
    compareText(one.identity.manager, other.identity.manager) ||
    compareText(one.identity.apiVersion, other.identity.apiVersion) ||
    compareText(
      one.identity.subresource ?? '',
      other.identity.subresource ?? '',
    )
  );
}

function compareText(one: string, other: string): number {
  if (one === other) {
    return 0;
  }
  return one < other ? -1 : 1;
}
