import { isDeepStrictEqual } from 'node:util';
import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { ResourceType } from '../../model/ResourceType';
import { StatusError } from '../../model/StatusError';
import type { WriteOptions, WriteResult } from '../../ports/ClusterObjects';
import { DEFINITIONS } from '../definitions/definitionNames';
import type { KindRules } from '../kinds/KindRules';
import { shaped } from '../kinds/shaped';
import { resourceOf } from '../types/TypeRegistry';
import { FieldErrors } from '../validating/FieldErrors';
import { finalizerWarnings } from '../validating/finalizerWarnings';
import { validateMetadataUpdate } from '../validating/validateMetadataUpdate';
import type { Machinery } from './Machinery';
import { throwIfAny } from './writeNew';
import { ownMember } from '../../model/ownMember';
import { setMember } from '../../model/setMember';

const MODIFIED =
  'the object has been modified; please apply your changes to the latest version and try again';

/** Set by the cluster alone: a write cannot change them. */
const SYSTEM_FIELDS = [
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'generation',
  'selfLink',
] as const;

/**
 * Stores a changed object.
 * @param old - as stored, in the type's version
 * @param next - decoded, with defaults and managedFields; is changed
 */
export function writeExisting(
  machinery: Machinery,
  type: ResourceType,
  old: KubernetesObject,
  next: KubernetesObject,
  options: WriteOptions,
): WriteResult {
  const { store, types, admissions, custom } = machinery;
  const rules = machinery.rulesOf(type);
  checkPreconditions(type, rules, old, next);
  restoreOthers(type, old, next, options.subresource);
  next.metadata.uid ||= old.metadata.uid;
  for (const name of SYSTEM_FIELDS) {
    restore(next.metadata, old.metadata, name);
  }
  rules.prepareUpdate?.(next, old, options.subresource);
  rules.addNulls?.(next);
  if (options.subresource !== 'status') {
    raiseGeneration(rules, old, next);
  }

  for (const text of finalizerWarnings(type, next, old)) {
    options.warn?.(text);
  }
  const errors = new FieldErrors();
  // What is taken is refused before anything else is looked at.
  if (options.subresource !== 'status') {
    rules.allocate?.(next, old, { store, errors });
  }
  throwIfAny(errors, type, next);
  validateMetadataUpdate(next, old, errors);
  if (type.custom) {
    custom.validate(type, next, old, errors);
  }
  rules.validate?.(next, errors);
  rules.validateUpdate?.(next, old, errors);
  if (
    resourceOf(type) === DEFINITIONS &&
    !isDeepStrictEqual(next.spec, old.spec)
  ) {
    custom.validateDefinition(next, errors);
  }
  throwIfAny(errors, type, next);

  for (const admit of admissions) {
    admit({
      operation: 'UPDATE',
      type,
      object: next,
      old,
      subresource: options.subresource,
      user: options.user,
      dryRun: options.dryRun ?? false,
      warn: options.warn ?? (() => undefined),
    });
  }
  if (isUnchanged(old, next)) {
    return { object: old, created: false };
  }
  next.metadata.resourceVersion = old.metadata.resourceVersion;
  if (options.dryRun) {
    return { object: next, created: false };
  }
  next.apiVersion = types.storedApiVersion(type);
  const resource = resourceOf(type);
  if (isReleased(next) && !rules.isHeld?.(next)) {
    store.remove(resource, next);
    // The answer is what would have been stored; only watches see it go.
    return { object: next, created: false };
  }
  return { object: store.put(resource, next), created: false };
}

function checkPreconditions(
  type: ResourceType,
  rules: KindRules,
  old: KubernetesObject,
  { metadata }: KubernetesObject,
): void {
  const resource = { group: type.group, resource: type.plural };
  const { resourceVersion } = metadata;
  if (
    resourceVersion === undefined ||
    resourceVersion === '0' ||
    resourceVersion === ''
  ) {
    if (rules.unconditionalUpdate === false) {
      // The server names the resource here, where it names the kind elsewhere.
      throw StatusError.invalid(
        { group: type.group, kind: type.plural },
        old.metadata.name,
        [
          {
            reason: 'FieldValueInvalid',
            message: 'Invalid value: 0: must be specified for an update',
            field: 'metadata.resourceVersion',
          },
        ],
      );
    }
    return;
  }
  if (resourceVersion !== old.metadata.resourceVersion) {
    throw StatusError.conflict(resource, old.metadata.name, MODIFIED);
  }
}

/** What the endpoint does not write stays as it was: status on the main one, all but status on that of the status. */
function restoreOthers(
  type: ResourceType,
  old: KubernetesObject,
  next: KubernetesObject,
  subresource: WriteOptions['subresource'],
): void {
  if (subresource === undefined) {
    if (type.subresources.includes('status')) {
      restore(next, old, 'status');
    }
    return;
  }
  if (subresource !== 'status') {
    return;
  }
  for (const name of new Set([...Object.keys(old), ...Object.keys(next)])) {
    if (!['apiVersion', 'kind', 'metadata', 'status'].includes(name)) {
      restore(next, old, name);
    }
  }
  const kept = type.custom
    ? Object.keys({ ...old.metadata, ...next.metadata }).filter(
        name => !['managedFields', 'resourceVersion', 'uid'].includes(name),
      )
    : ['labels', 'ownerReferences'];
  for (const name of kept) {
    restore(next.metadata, old.metadata, name);
  }
}

function restore(
  next: Record<string, unknown>,
  old: Record<string, unknown>,
  name: string,
): void {
  const value = ownMember(old, name);
  if (value === undefined) {
    delete next[name];
  } else {
    setMember(next, name, value);
  }
}

function raiseGeneration(
  { generation = 'none' }: KindRules,
  old: KubernetesObject,
  next: KubernetesObject,
): void {
  const changed =
    (generation === 'spec' && !isDeepStrictEqual(next.spec, old.spec)) ||
    (generation === 'specButNode' &&
      !isDeepStrictEqual(withoutNode(next.spec), withoutNode(old.spec))) ||
    (generation === 'specAndAnnotations' &&
      !(
        isDeepStrictEqual(next.spec, old.spec) &&
        isDeepStrictEqual(next.metadata.annotations, old.metadata.annotations)
      )) ||
    (generation === 'all' &&
      !isDeepStrictEqual(withoutFrame(next), withoutFrame(old)));
  if (changed) {
    next.metadata.generation = (old.metadata.generation ?? 0) + 1;
  }
}

function withoutNode(spec: unknown): unknown {
  return { ...shaped<object | undefined>(spec), nodeName: undefined };
}

function withoutFrame({
  metadata: _metadata,
  status: _status,
  apiVersion: _apiVersion,
  ...rest
}: KubernetesObject): unknown {
  return rest;
}

/** A write that changes nothing but the times of managedFields is none. */
function isUnchanged(old: KubernetesObject, next: KubernetesObject): boolean {
  return isDeepStrictEqual(comparable(next), comparable(old));
}

function comparable(object: KubernetesObject): unknown {
  const {
    resourceVersion: _version,
    managedFields,
    ...metadata
  } = object.metadata;
  return {
    ...object,
    metadata: {
      ...metadata,
      managedFields: Array.isArray(managedFields)
        ? managedFields.map(({ time: _time, ...entry }) => entry)
        : [],
    },
  };
}

/** Nothing holds the object any more that was to be deleted. */
function isReleased({ metadata }: KubernetesObject): boolean {
  return (
    metadata.deletionTimestamp !== undefined &&
    (metadata.finalizers ?? []).length === 0 &&
    (metadata.deletionGracePeriodSeconds ?? 0) === 0
  );
}
