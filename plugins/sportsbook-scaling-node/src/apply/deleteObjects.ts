import {
  FIELD_MANAGER,
  formatObjectRef,
  groupKindOf,
  KubernetesObject,
  LABELS,
  LABEL_VALUES,
  ObjectRef,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { ApiNotInstalledError } from '../errors/ApiNotInstalledError';
import { DeleteFailedError } from '../errors/DeleteFailedError';
import { KubernetesClient } from '../ports/KubernetesClient';
import { sleep } from '../sleep';
import { ChangeSet, ChangeSetEntry } from '../model/ChangeSet';
import { WrittenKinds } from '../model/WrittenKinds';
import { assertKindsGranted } from './assertKindsGranted';
import { fieldsOwnedBy } from './fieldOwnership';
import { mapInFlight } from './mapInFlight';
import { isBuiltIn, stageOf } from './stages';

/** How long deleted objects may take to go, where nobody says otherwise. */
export const DEFAULT_DELETE_SECONDS = 120;
const POLL_MILLISECONDS = 500;

/** Kinds whose deletion takes along everything that lies in them, whoever made it. */
const CONTAINERS = [
  '/Namespace',
  'apiextensions.k8s.io/CustomResourceDefinition',
];

/** An object to delete. */
export interface DeletedObject {
  ref: ObjectRef;
  /** As a change set recorded it; another object of this name is then left alone. */
  uid?: string;
}

export interface DeleteObjectsOptions {
  client: KubernetesClient;
  objects: DeletedObject[];
  /** What the caller was granted; nothing is deleted where other kinds are named. Default: any kind. */
  granted?: WrittenKinds;
  /** Also objects that we have not applied. Default false. */
  evenForeign?: boolean;
  /** Also namespaces and definitions, and with them everything inside. Default false. */
  withContents?: boolean;
  /** Only say what would be deleted. Default false. */
  plan?: boolean;
  /** For each stage's objects to be gone, default {@link DEFAULT_DELETE_SECONDS}. */
  timeoutSeconds?: number;
  onProgress?: (line: string) => void;
  signal?: AbortSignal;
}

function isOurs(object: KubernetesObject): boolean {
  return (
    fieldsOwnedBy(object, FIELD_MANAGER) !== undefined ||
    object.metadata.labels?.[LABELS.managedBy] === LABEL_VALUES.managedBy
  );
}

/** Undefined: a kind that is not served any more has no objects either. */
async function find(
  { client, signal }: DeleteObjectsOptions,
  ref: ObjectRef,
): Promise<KubernetesObject | undefined> {
  try {
    return await client.get(ref, { signal });
  } catch (error) {
    if (error instanceof ApiNotInstalledError) {
      return undefined;
    }
    throw error;
  }
}

/** Why an object is left alone; undefined: it may go. */
function reasonToSkip(
  { evenForeign, withContents }: DeleteObjectsOptions,
  { ref, uid }: DeletedObject,
  live: KubernetesObject | undefined,
): string | undefined {
  if (live === undefined) {
    return 'there is none';
  }
  if (CONTAINERS.includes(groupKindOf(ref)) && !withContents) {
    return 'everything inside would go with it';
  }
  if (uid !== undefined && live.metadata.uid !== uid) {
    return 'another object has this name by now';
  }
  return evenForeign || isOurs(live)
    ? undefined
    : `not applied by ${FIELD_MANAGER}`;
}

/**
 * Built-in kinds go with their pods. The garbage collector learns of new custom
 * kinds only every 30 s, and would hold their objects as long.
 */
async function deleteObject(
  options: DeleteObjectsOptions,
  object: DeletedObject,
): Promise<ChangeSetEntry> {
  const { client, signal } = options;
  const { ref } = object;
  const live = await find(options, ref);
  const reason = reasonToSkip(options, object, live);
  if (live === undefined || reason !== undefined) {
    return { ref, action: 'skipped', reason, warnings: [] };
  }
  const { uid } = live.metadata;
  if (options.plan) {
    return { ref, action: 'deleted', uid, warnings: [] };
  }
  const result = await client.delete(ref, {
    uid,
    propagationPolicy: isBuiltIn(ref.apiVersion) ? 'Foreground' : 'Background',
    signal,
  });
  return result === 'absent'
    ? { ref, action: 'skipped', reason: 'there is none', warnings: [] }
    : { ref, action: 'deleted', uid, warnings: [] };
}

function describeRemaining(objects: KubernetesObject[]): string {
  return objects
    .map(object => {
      const finalizers = object.metadata.finalizers ?? [];
      const kedaHint = finalizers.includes('finalizer.keda.sh')
        ? ', which KEDA removes: check that its operator runs'
        : '';
      return `${formatObjectRef({
        ...object,
        name: object.metadata.name,
        namespace: object.metadata.namespace,
      })}${
        finalizers.length === 0
          ? ''
          : ` (finalizers ${finalizers.join(', ')}${kedaHint})`
      }`;
    })
    .join('; ');
}

/** Waits until the objects with these uids are gone; a successor of the same name counts as gone. */
async function awaitGone(
  options: DeleteObjectsOptions,
  entries: ChangeSetEntry[],
): Promise<void> {
  const { signal } = options;
  const timeoutSeconds = options.timeoutSeconds ?? DEFAULT_DELETE_SECONDS;
  const deadline = performance.now() + timeoutSeconds * 1000;
  let pending = entries.filter(({ action }) => action === 'deleted');
  while (pending.length > 0) {
    const lives = await Promise.all(
      pending.map(async ({ ref, uid }) => {
        const live = await find(options, ref);
        return live?.metadata.uid === uid ? live : undefined;
      }),
    );
    pending = pending.filter((_, index) => lives[index] !== undefined);
    if (pending.length > 0) {
      if (performance.now() > deadline) {
        throw new Error(
          `timeout after ${timeoutSeconds} s waiting until they are gone: ${describeRemaining(
            lives.filter(live => live !== undefined),
          )}.`,
        );
      }
      await sleep(POLL_MILLISECONDS, { signal });
    }
  }
}

/**
 * Deletes objects in the reverse order of applying, and waits until each
 * stage's are gone: a ScaledObject before the KEDA that removes its finalizer.
 *
 * Leaves alone, and says so, what we have not applied.
 *
 * @returns `deleted` and `skipped` entries, in the order in which it was done
 * @throws NotAllowedError for kinds that were not granted; nothing was deleted
 * @throws DeleteFailedError with what was deleted until then
 */
export async function deleteObjects(
  options: DeleteObjectsOptions,
): Promise<ChangeSet> {
  const { objects, onProgress, signal } = options;
  await assertKindsGranted(options);
  const changeSet: ChangeSet = [];
  const stages = [...new Set(objects.map(({ ref }) => stageOf(ref)))].sort(
    (a, b) => b - a,
  );
  for (const stage of stages) {
    try {
      signal?.throwIfAborted();
      const outcomes = await mapInFlight(
        objects.filter(({ ref }) => stageOf(ref) === stage),
        object =>
          deleteObject(options, object).then(
            entry => ({ entry }),
            (error: unknown) => ({ error }),
          ),
      );
      const done = outcomes.flatMap(outcome =>
        'entry' in outcome ? [outcome.entry] : [],
      );
      for (const entry of done) {
        changeSet.push(entry);
        onProgress?.(
          `${options.plan ? 'would be ' : ''}${entry.action} ${formatObjectRef(
            entry.ref,
          )}${entry.reason === undefined ? '' : `: ${entry.reason}`}`,
        );
      }
      const failed = outcomes.find(outcome => 'error' in outcome);
      if (failed !== undefined) {
        throw failed.error;
      }
      if (!options.plan) {
        await awaitGone(options, done);
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new DeleteFailedError(
        signal?.aborted ? 'Deleting was cancelled.' : reason,
        changeSet,
      );
    }
  }
  return changeSet;
}
