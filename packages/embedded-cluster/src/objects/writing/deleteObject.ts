import { isDeepStrictEqual } from 'node:util';
import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { timestamp } from '../../model/Clock';
import type { ResourceType } from '../../model/ResourceType';
import { StatusError } from '../../model/StatusError';
import type { DeleteRequest, ObjectKey } from '../../ports/ClusterObjects';
import { DEFINITIONS, withCleanup } from '../definitions/definitionNames';
import { markDefinition } from '../definitions/markDefinition';
import { shaped } from '../kinds/shaped';
import { resourceOf } from '../types/TypeRegistry';
import { isPod } from './admitPod';
import { existing } from './existing';
import type { Machinery } from './Machinery';

/** Finalizers by which the garbage collector does what a propagation policy asks for. */
const FOREGROUND = 'foregroundDeletion';
const ORPHAN = 'orphan';
const DEFAULT_GRACE_SECONDS = 30;
const MILLISECONDS = 1_000;

const NAMESPACES = '/namespaces';
/** Namespaces that the cluster needs. */
const KEPT_NAMESPACES = ['default', 'kube-system', 'kube-public'];

export interface DeleteResult {
  object: KubernetesObject;
  gone: boolean;
}

/** DELETE: removes an object, or marks it for those who hold it. */
export function deleteObject(
  machinery: Machinery,
  type: ResourceType,
  key: ObjectKey,
  request: DeleteRequest,
): DeleteResult {
  const { store, admissions, clock, types } = machinery;
  const old = existing(machinery, type, key);
  checkPreconditions(type, old, request);
  if (resourceOf(type) === NAMESPACES) {
    checkKept(old);
  }
  for (const admit of admissions) {
    admit({
      operation: 'DELETE',
      type,
      old,
      user: request.user,
      dryRun: request.dryRun ?? false,
      warn: () => undefined,
    });
  }
  const finalizers = finalizersOf(type, old, request.propagationPolicy);
  const graceSeconds = graceOf(type, old, request);
  const held = machinery.rulesOf(type).isHeld?.(old) ?? false;
  if (finalizers.length === 0 && graceSeconds === 0 && !held) {
    // A pod is marked even when it goes at once.
    const last = isPod(type) ? mark(old, finalizers, 0, clock.now()) : old;
    return {
      object: request.dryRun ? last : store.remove(resourceOf(type), last),
      gone: true,
    };
  }
  const marked =
    resourceOf(type) === DEFINITIONS
      ? markDefinition(old, finalizers, clock.now())
      : mark(old, finalizers, graceSeconds, clock.now());
  if (isDeepStrictEqual(marked, old)) {
    return { object: old, gone: false };
  }
  if (request.dryRun) {
    return { object: marked, gone: false };
  }
  marked.apiVersion = types.storedApiVersion(type);
  return { object: store.put(resourceOf(type), marked), gone: false };
}

function checkPreconditions(
  { group, kind }: ResourceType,
  { metadata }: KubernetesObject,
  { preconditions }: DeleteRequest,
): void {
  // The server names the kind here, where it names the resource elsewhere.
  const named = { group, resource: kind };
  if (preconditions?.uid !== undefined && preconditions.uid !== metadata.uid) {
    throw StatusError.conflict(
      named,
      metadata.name,
      `the UID in the precondition (${preconditions.uid}) does not match the UID in record (${metadata.uid}). The object might have been deleted and then recreated`,
    );
  }
  if (
    preconditions?.resourceVersion !== undefined &&
    preconditions.resourceVersion !== metadata.resourceVersion
  ) {
    throw StatusError.conflict(
      named,
      metadata.name,
      `the ResourceVersion in the precondition (${preconditions.resourceVersion}) does not match the ResourceVersion in record (${metadata.resourceVersion}). The object might have been modified`,
    );
  }
}

function checkKept({ metadata }: KubernetesObject): void {
  if (KEPT_NAMESPACES.includes(metadata.name)) {
    throw new StatusError({
      code: 403,
      reason: 'Forbidden',
      message: `namespaces "${metadata.name}" is forbidden: this namespace may not be deleted`,
      details: { name: metadata.name, kind: 'namespaces' },
    });
  }
}

function finalizersOf(
  type: ResourceType,
  { metadata }: KubernetesObject,
  policy: DeleteRequest['propagationPolicy'],
): string[] {
  const present =
    resourceOf(type) === DEFINITIONS
      ? withCleanup(metadata.finalizers ?? [])
      : metadata.finalizers ?? [];
  if (policy === undefined) {
    return [...present];
  }
  const others = present.filter(one => one !== FOREGROUND && one !== ORPHAN);
  switch (policy) {
    case 'Foreground':
      return [...others, FOREGROUND];
    case 'Orphan':
      return [...others, ORPHAN];
    default:
      return others;
  }
}

/** Only pods end gracefully: the kubelet deletes them again, with 0, when their processes are gone. */
function graceOf(
  type: ResourceType,
  object: KubernetesObject,
  { gracePeriodSeconds }: DeleteRequest,
): number {
  if (!isPod(type)) {
    return 0;
  }
  const { spec, status } = shaped<{
    spec?: { nodeName?: string; terminationGracePeriodSeconds?: number };
    status?: { phase?: string };
  }>(object);
  const ended = status?.phase === 'Succeeded' || status?.phase === 'Failed';
  if (spec?.nodeName === undefined || spec.nodeName === '' || ended) {
    return 0;
  }
  const asked =
    gracePeriodSeconds ??
    spec.terminationGracePeriodSeconds ??
    DEFAULT_GRACE_SECONDS;
  const already = object.metadata.deletionGracePeriodSeconds;
  const wanted = asked < 0 ? 1 : asked;
  return typeof already === 'number' ? Math.min(already, wanted) : wanted;
}

function mark(
  old: KubernetesObject,
  finalizers: string[],
  graceSeconds: number,
  nowMilliseconds: number,
): KubernetesObject {
  const { metadata } = old;
  const already = metadata.deletionTimestamp !== undefined;
  const shorter =
    already && graceSeconds < Number(metadata.deletionGracePeriodSeconds ?? 0);
  const next: KubernetesObject['metadata'] = { ...metadata };
  if (!already || shorter) {
    next.deletionTimestamp = timestamp(
      nowMilliseconds + graceSeconds * MILLISECONDS,
    );
    next.deletionGracePeriodSeconds = graceSeconds;
  }
  if (!already && (metadata.generation ?? 0) > 0) {
    next.generation = (metadata.generation ?? 0) + 1;
  }
  if (finalizers.length > 0) {
    next.finalizers = finalizers;
  } else {
    delete next.finalizers;
  }
  return {
    ...old,
    metadata: next,
    ...(old.kind === 'Namespace' && old.apiVersion === 'v1'
      ? {
          status: {
            ...shaped<object | undefined>(old.status),
            phase: 'Terminating',
          },
        }
      : {}),
  };
}
