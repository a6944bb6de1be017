import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { apiVersionOf, type ResourceType } from '../../model/ResourceType';
import { StatusError } from '../../model/StatusError';
import type {
  ObjectKey,
  PatchRequest,
  WriteOptions,
  WriteResult,
} from '../../ports/ClusterObjects';
import {
  applyConfiguration,
  jsonPatch,
  mergePatch,
  printGoValue,
  strategicMergePatch,
} from '../../fields';
import { shaped } from '../kinds/shaped';
import { existing, findExisting } from './existing';
import type { Machinery } from './Machinery';
import { readIncoming } from './readIncoming';
import { trackManagers } from './trackManagers';
import { checkAddress } from './updateObject';
import { writeExisting } from './writeExisting';
import { writeNew } from './writeNew';

/** PATCH, of all four kinds. */
export function patchObject(
  machinery: Machinery,
  type: ResourceType,
  key: ObjectKey,
  patch: PatchRequest,
  options: WriteOptions,
): WriteResult {
  if (patch.type === 'apply') {
    return apply(machinery, type, key, patch, options);
  }
  if (patch.type === 'strategic' && type.custom) {
    throw unsupported();
  }
  const old = existing(machinery, type, key);
  const next = readIncoming(machinery, type, patched(type, old, patch), {
    ...options,
    isPatched: true,
    ...(patch.type === 'strategic'
      ? { strategicPatch: printGoValue(patch.body) }
      : {}),
  });
  checkAddress(key, next);
  trackManagers(machinery, type, old, next, options);
  return writeExisting(machinery, type, old, next, options);
}

function patched(
  type: ResourceType,
  old: KubernetesObject,
  { type: kind, body }: PatchRequest,
): unknown {
  switch (kind) {
    case 'merge':
      return mergePatch(old, body);
    case 'json':
      return jsonPatch(old, body);
    default:
      return strategicMergePatch(old, body, type.schema);
  }
}

/** Definitions do not say how their lists are merged by that kind of patch. */
function unsupported(): StatusError {
  return new StatusError({
    code: 415,
    reason: 'UnsupportedMediaType',
    message:
      'the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml',
  });
}

function apply(
  machinery: Machinery,
  type: ResourceType,
  key: ObjectKey,
  patch: PatchRequest,
  options: WriteOptions,
): WriteResult {
  const live = findExisting(machinery, type, key);
  if (!live && options.subresource !== undefined) {
    existing(machinery, type, key);
  }
  const merged = applyConfiguration({
    live,
    applied: appliedOf(type, key, patch.body),
    manager: options.manager,
    force: patch.force ?? false,
    type,
    subresource: options.subresource,
    nowMilliseconds: machinery.clock.now(),
  });
  const next = readIncoming(
    machinery,
    type,
    { ...merged, metadata: { ...merged.metadata, ...addressOf(type, key) } },
    { ...options, isApplied: true },
  );
  return live
    ? writeExisting(machinery, type, live, next, options)
    : writeNew(machinery, type, next, options);
}

/** What is applied names the object that the URL names; the namespace may be left out. */
function appliedOf(
  type: ResourceType,
  key: ObjectKey,
  body: unknown,
): KubernetesObject {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw StatusError.badRequest(
      'error decoding YAML: an apply configuration must be an object',
    );
  }
  const applied = shaped<Partial<KubernetesObject>>(body);
  const metadata = applied.metadata ?? { name: '' };
  const named: KubernetesObject = {
    ...applied,
    apiVersion: applied.apiVersion ?? apiVersionOf(type),
    kind: applied.kind ?? type.kind,
    metadata,
  };
  checkAddress(key, named);
  return named;
}

function addressOf(type: ResourceType, { namespace, name }: ObjectKey) {
  return type.namespaced ? { name, namespace } : { name };
}
