import { randomUUID } from 'node:crypto';
import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { timestamp } from '../../model/Clock';
import type { ResourceType } from '../../model/ResourceType';
import { StatusError } from '../../model/StatusError';
import type { WriteOptions, WriteResult } from '../../ports/ClusterObjects';
import { DEFINITIONS } from '../definitions/definitionNames';
import { shaped } from '../kinds/shaped';
import { resourceOf } from '../types/TypeRegistry';
import { FieldErrors } from '../validating/FieldErrors';
import { finalizerWarnings } from '../validating/finalizerWarnings';
import { validateMetadata } from '../validating/validateMetadata';
import { generateName } from './generateName';
import type { Machinery } from './Machinery';
import { admitPod, isPod } from './admitPod';
import { checkNamespace } from './namespaceLifecycle';

/**
 * Stores a new object.
 * @param object - decoded, with defaults and managedFields; is changed
 */
export function writeNew(
  machinery: Machinery,
  type: ResourceType,
  object: KubernetesObject,
  options: WriteOptions,
): WriteResult {
  const { store, clock, admissions, types, custom } = machinery;
  const rules = machinery.rulesOf(type);
  const { metadata } = object;
  if (type.notRun !== undefined) {
    throw StatusError.notImplemented(type.notRun);
  }
  checkConversion(type, object);
  if (!type.namespaced) {
    delete metadata.namespace;
  }
  generateName(metadata);
  checkNamespace(machinery, type, object);
  if (isPod(type)) {
    admitPod(machinery, object);
  }

  metadata.uid = randomUUID();
  metadata.creationTimestamp = timestamp(clock.now());
  delete metadata.resourceVersion;
  delete metadata.deletionTimestamp;
  delete metadata.deletionGracePeriodSeconds;
  delete metadata.selfLink;
  delete metadata.generation;
  if (rules.generation !== undefined && rules.generation !== 'none') {
    metadata.generation = 1;
  }
  if (type.subresources.includes('status') && !rules.keepsStatusOnCreate) {
    delete object.status;
  }
  rules.prepareCreate?.(object);
  rules.addNulls?.(object);

  for (const text of finalizerWarnings(type, object)) {
    options.warn?.(text);
  }
  const errors = new FieldErrors();
  // What is taken is refused before anything else is looked at.
  rules.allocate?.(object, undefined, { store, errors });
  throwIfAny(errors, type, object);
  validateMetadata(object, type, rules.nameRule, errors);
  if (type.custom) {
    custom.validate(type, object, undefined, errors);
  }
  rules.validate?.(object, errors);
  if (resourceOf(type) === DEFINITIONS) {
    custom.validateDefinition(object, errors);
  }
  throwIfAny(errors, type, object);

  for (const admit of admissions) {
    admit({
      operation: 'CREATE',
      type,
      object,
      subresource: options.subresource,
      user: options.user,
      dryRun: options.dryRun ?? false,
      warn: options.warn ?? (() => undefined),
    });
  }
  const resource = resourceOf(type);
  const present = store.get(resource, metadata.namespace, metadata.name);
  if (present) {
    throw alreadyExists(type, present);
  }
  object.apiVersion = types.storedApiVersion(type);
  return {
    object: options.dryRun ? object : store.put(resource, object),
    created: true,
  };
}

function alreadyExists(
  { group, plural }: ResourceType,
  { metadata }: KubernetesObject,
): StatusError {
  const error = StatusError.alreadyExists(
    { group, resource: plural },
    metadata.name,
  );
  return metadata.deletionTimestamp === undefined
    ? error
    : new StatusError({
        ...error,
        message: `object is being deleted: ${error.message}`,
      });
}

export function throwIfAny(
  errors: FieldErrors,
  type: ResourceType,
  { metadata }: KubernetesObject,
): void {
  if (errors.causes.length > 0) {
    throw StatusError.invalid(type, metadata.name ?? '', errors.causes);
  }
}

/** @throws StatusError 501 for a definition whose versions differ in more than their name */
export function checkConversion(
  type: ResourceType,
  object: KubernetesObject,
): void {
  const { spec } = shaped<{ spec?: { conversion?: { strategy?: string } } }>(
    object,
  );
  if (
    resourceOf(type) === DEFINITIONS &&
    spec?.conversion?.strategy === 'Webhook'
  ) {
    throw StatusError.notImplemented(
      'converts no objects by webhook: use the conversion strategy None, or a real cluster',
    );
  }
}
