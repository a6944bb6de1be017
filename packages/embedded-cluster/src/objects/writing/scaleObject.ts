import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { jsonPatch, mergePatch } from '../../fields';
import { apiVersionOf, type ResourceType } from '../../model/ResourceType';
import { scaleOf, withReplicas } from '../../model/scale';
import { StatusError } from '../../model/StatusError';
import type {
  ObjectKey,
  PatchRequest,
  WriteOptions,
  WriteResult,
} from '../../ports/ClusterObjects';
import { shaped } from '../kinds/shaped';
import { existing } from './existing';
import type { Machinery } from './Machinery';
import { patchObject } from './patchObject';
import { readIncoming } from './readIncoming';
import { areReplicasOwned, disownReplicas } from './replicasOwnership';
import { trackManagers } from './trackManagers';
import { checkAddress } from './updateObject';
import { writeExisting } from './writeExisting';

const SCALE = 'autoscaling/v1';

/** PUT of a Scale. @returns the Scale afterwards */
export function updateScale(
  machinery: Machinery,
  type: ResourceType,
  key: ObjectKey,
  scale: KubernetesObject,
  options: WriteOptions,
): WriteResult {
  const old = scalable(machinery, type, key);
  const replicas = replicasOf(scale, key);
  checkAddress(key, scale);
  const next = readIncoming(
    machinery,
    type,
    withVersion(
      withReplicas(type, old, replicas),
      scale.metadata.resourceVersion,
    ),
    { fieldValidation: 'Ignore' },
  );
  trackManagers(machinery, type, old, next, options);
  // A Scale of 0 replicas says nothing of them where the server writes it, so
  // that nobody owns them any more; and of a field that nobody owned, a Scale
  // makes nobody the owner.
  if (replicas === 0 || !areReplicasOwned(type, old)) {
    disownReplicas(type, next);
  }
  const { object } = writeExisting(machinery, type, old, next, options);
  return { object: scaleOf(type, object), created: false };
}

/** PATCH of a Scale. @returns the Scale afterwards */
export function patchScale(
  machinery: Machinery,
  type: ResourceType,
  key: ObjectKey,
  patch: PatchRequest,
  options: WriteOptions,
): WriteResult {
  const old = scalable(machinery, type, key);
  if (patch.type === 'apply') {
    return applyScale(machinery, type, key, patch, options);
  }
  const before = scaleOf(type, old);
  const patched =
    patch.type === 'json'
      ? jsonPatch(before, patch.body)
      : mergePatch(before, patch.body);
  return updateScale(
    machinery,
    type,
    key,
    shaped<KubernetesObject>(patched),
    options,
  );
}

/** The manager owns the replicas of the object itself, through the scale subresource. */
function applyScale(
  machinery: Machinery,
  type: ResourceType,
  key: ObjectKey,
  patch: PatchRequest,
  options: WriteOptions,
): WriteResult {
  const applied = shaped<KubernetesObject>(patch.body);
  const bare: KubernetesObject = {
    apiVersion: apiVersionOf(type),
    kind: type.kind,
    metadata: { name: key.name },
  };
  const { object } = patchObject(
    machinery,
    type,
    key,
    {
      ...patch,
      body: withReplicas(type, bare, replicasOf(applied, key)),
    },
    options,
  );
  return { object: scaleOf(type, object), created: false };
}

function scalable(
  machinery: Machinery,
  type: ResourceType,
  key: ObjectKey,
): KubernetesObject {
  if (!type.scale) {
    throw new StatusError({
      code: 404,
      reason: 'NotFound',
      message: 'the server could not find the requested resource',
    });
  }
  return existing(machinery, type, key);
}

/** @throws StatusError 400 for another kind, 422 for a negative number */
function replicasOf(scale: KubernetesObject, key: ObjectKey): number {
  const { apiVersion = SCALE, kind = 'Scale', spec } = scale;
  if (apiVersion !== SCALE || kind !== 'Scale') {
    throw StatusError.badRequest(
      `${kind} in version "${apiVersion}" cannot be handled as a Scale: no kind "${kind}" is registered for version "${apiVersion}" in scheme "pkg/runtime/scheme.go:111"`,
    );
  }
  const { replicas = 0 } =
    shaped<{ replicas?: unknown } | undefined>(spec) ?? {};
  if (!Number.isInteger(replicas)) {
    throw StatusError.badRequest(
      `Scale in version "v1" cannot be handled as a Scale: json: cannot unmarshal ${typeof replicas} into Go struct field ScaleSpec.spec.replicas of type int32`,
    );
  }
  const number = Number(replicas);
  if (number < 0) {
    throw StatusError.invalid(
      { group: 'autoscaling', kind: 'Scale' },
      key.name,
      [
        {
          reason: 'FieldValueInvalid',
          message: `Invalid value: ${number}: must be greater than or equal to 0`,
          field: 'spec.replicas',
        },
      ],
    );
  }
  return number;
}

function withVersion(
  object: KubernetesObject,
  resourceVersion: string | undefined,
): KubernetesObject {
  return {
    ...object,
    metadata: {
      ...object.metadata,
      resourceVersion: resourceVersion || object.metadata.resourceVersion,
    },
  };
}
