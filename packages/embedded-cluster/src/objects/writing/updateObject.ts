import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { ResourceType } from '../../model/ResourceType';
import { StatusError } from '../../model/StatusError';
import type {
  ObjectKey,
  WriteOptions,
  WriteResult,
} from '../../ports/ClusterObjects';
import { findExisting } from './existing';
import type { Machinery } from './Machinery';
import { readIncoming } from './readIncoming';
import { trackManagers } from './trackManagers';
import { writeExisting } from './writeExisting';
import { writeNew } from './writeNew';

/** PUT. */
export function updateObject(
  machinery: Machinery,
  type: ResourceType,
  key: ObjectKey,
  object: KubernetesObject,
  options: WriteOptions,
): WriteResult {
  const next = readIncoming(machinery, type, object, options);
  checkAddress(key, next);
  const old = findExisting(machinery, type, key);
  if (
    !old &&
    options.subresource === undefined &&
    machinery.rulesOf(type).createsOnUpdate
  ) {
    return createInstead(machinery, type, key, next, options);
  }
  if (!old) {
    throw StatusError.notFound(
      { group: type.group, resource: type.plural },
      key.name,
    );
  }
  checkUid(type, old, next);
  if (type.namespaced) {
    next.metadata.namespace = old.metadata.namespace;
  }
  trackManagers(machinery, type, old, next, options);
  return writeExisting(machinery, type, old, next, options);
}

function createInstead(
  machinery: Machinery,
  type: ResourceType,
  key: ObjectKey,
  next: KubernetesObject,
  options: WriteOptions,
): WriteResult {
  if (type.namespaced) {
    next.metadata.namespace = key.namespace;
  }
  trackManagers(machinery, type, undefined, next, options);
  return writeNew(machinery, type, next, options);
}

function checkUid(
  type: ResourceType,
  { metadata: old }: KubernetesObject,
  { metadata }: KubernetesObject,
): void {
  if (!metadata.uid || metadata.uid === old.uid) {
    return;
  }
  const key = [
    ...(type.custom ? [type.group] : []),
    type.plural,
    ...(type.namespaced ? [old.namespace] : []),
    old.name,
  ].join('/');
  throw StatusError.conflict(
    { group: type.group, resource: type.plural },
    old.name,
    `StorageError: invalid object, Code: 4, Key: /registry/${key}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: ${metadata.uid}, UID in object meta: ${old.uid}`,
  );
}

/** @throws StatusError 400 where the object is another than the URL names */
export function checkAddress(
  key: ObjectKey,
  { metadata }: KubernetesObject,
): void {
  if (metadata.name === undefined || metadata.name === '') {
    throw StatusError.badRequest(
      `the name of the object (${key.name} based on URL) was undeterminable: name must be provided`,
    );
  }
  if (metadata.name !== key.name) {
    throw StatusError.badRequest(
      `the name of the object (${metadata.name}) does not match the name on the URL (${key.name})`,
    );
  }
  const { namespace } = metadata;
  if (
    key.namespace !== undefined &&
    namespace !== undefined &&
    namespace !== '' &&
    namespace !== key.namespace
  ) {
    throw StatusError.badRequest(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  }
}
