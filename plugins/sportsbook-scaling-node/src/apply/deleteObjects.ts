import {
  FIELD_MANAGER,
  formatObjectRef,
  KubernetesObject,
  LABELS,
  LABEL_VALUES,
  ObjectRef,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { DeleteFailedError } from '../errors/DeleteFailedError';
import { KubernetesClient } from '../ports/KubernetesClient';
import { ChangeSet, ChangeSetEntry } from '../model/ChangeSet';
import { objectKey } from '../model/objectKey';
import { WrittenKinds } from '../model/WrittenKinds';
import { isContainer } from './applySet/ApplySet';
import { deleteParent, SetToDelete } from './applySet/deleteApplySet';
import { assertKindsGranted } from './assertKindsGranted';
import { awaitGone } from './awaitGone';
import { fieldsOwnedBy } from './fieldOwnership';
import { findObject } from './findObject';
import { mapInFlight } from './mapInFlight';
import {
  deletionOutcome,
  notReached,
  withHeld,
} from './outcome/deletionOutcome';
import { isBuiltIn, stageOf } from './stages';

/** How long deleted objects may take to go, where nobody says otherwise. */
export const DEFAULT_DELETE_SECONDS = 120;

/** An object to delete. */
export interface DeletedObject {
  ref: ObjectRef;
  /** As a change set recorded it; another object of this name is then left alone. */
  uid?: string;
}

export interface DeleteObjectsOptions {
  client: KubernetesClient;
  objects: DeletedObject[];
  /** The set that the objects are members of; its ConfigMap goes last. */
  set?: SetToDelete;
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

const THERE_IS_NONE = 'there is none';

function isOurs(object: KubernetesObject): boolean {
  return (
    fieldsOwnedBy(object, FIELD_MANAGER) !== undefined ||
    object.metadata.labels?.[LABELS.managedBy] === LABEL_VALUES.managedBy
  );
}

/** Why an object is left alone; undefined: it may go. */
function reasonToSkip(
  { evenForeign, withContents }: DeleteObjectsOptions,
  { ref, uid }: DeletedObject,
  live: KubernetesObject | undefined,
): string | undefined {
  if (live === undefined) {
    return THERE_IS_NONE;
  }
  if (isContainer(ref) && !withContents) {
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
  onSend: () => void,
): Promise<ChangeSetEntry> {
  const { client, signal } = options;
  const { ref } = object;
  const live = await findObject(client, ref, signal);
  const reason = reasonToSkip(options, object, live);
  if (live === undefined || reason !== undefined) {
    return { ref, action: 'skipped', reason, warnings: [] };
  }
  const { uid } = live.metadata;
  if (options.plan) {
    return { ref, action: 'deleted', uid, warnings: [] };
  }
  onSend();
  const result = await client.delete(ref, {
    uid,
    propagationPolicy: isBuiltIn(ref.apiVersion) ? 'Foreground' : 'Background',
    signal,
  });
  return {
    ref,
    action: 'deleted',
    uid,
    // Read a moment ago: a first attempt whose answer was lost, or somebody else.
    ...(result === 'absent' ? { reason: 'it was gone by then' } : {}),
    warnings: [],
  };
}

interface DeletedStage {
  entries: ChangeSetEntry[];
  /** What the first deletion that failed threw. */
  error?: unknown;
}

/** Deletes the objects of one stage side by side, and records each. */
async function deleteStage(
  options: DeleteObjectsOptions,
  members: DeletedObject[],
): Promise<DeletedStage> {
  const errors: unknown[] = [];
  const entries = await mapInFlight(members, async object => {
    let isSent = false;
    try {
      options.signal?.throwIfAborted();
      return await deleteObject(options, object, () => {
        isSent = true;
      });
    } catch (error) {
      errors.push(error);
      return deletionOutcome(options, object, { error, isSent });
    }
  });
  return { entries, error: errors[0] };
}

/** The ConfigMap of the set, once its members are gone. */
async function deleteSet(
  { client, plan, onProgress, signal }: DeleteObjectsOptions,
  { parent, members }: SetToDelete,
  changeSet: ChangeSet,
): Promise<ChangeSet> {
  if (parent === undefined) {
    return [];
  }
  const ofSet = new Set(members.map(({ ref }) => objectKey(ref)));
  const left = changeSet.filter(
    ({ ref, action, reason }) =>
      ofSet.has(objectKey(ref)) &&
      action === 'skipped' &&
      reason !== THERE_IS_NONE,
  );
  try {
    const entry = await deleteParent({
      client,
      parent,
      left: left.map(({ ref }) => ref),
      plan: plan ?? false,
      signal,
    });
    onProgress?.(
      `${plan ? 'would be ' : ''}${entry.action} ${formatObjectRef(
        entry.ref,
      )}: ${entry.reason}`,
    );
    return [entry];
  } catch (error) {
    const entry = await deletionOutcome({ client, signal }, parent, {
      error,
      isSent: true,
    });
    throw new DeleteFailedError(
      error instanceof Error ? error.message : String(error),
      [...changeSet, entry],
    );
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
 * @throws DeleteFailedError with what became of every object
 */
export async function deleteObjects(
  options: DeleteObjectsOptions,
): Promise<ChangeSet> {
  const { client, objects, onProgress, signal } = options;
  await assertKindsGranted(options);
  const changeSet: ChangeSet = [];
  const stages = [...new Set(objects.map(({ ref }) => stageOf(ref)))].sort(
    (a, b) => b - a,
  );
  for (const stage of stages) {
    try {
      signal?.throwIfAborted();
      const { entries, error } = await deleteStage(
        options,
        objects.filter(({ ref }) => stageOf(ref) === stage),
      );
      for (const entry of entries) {
        changeSet.push(entry);
        onProgress?.(
          `${options.plan ? 'would be ' : ''}${entry.action} ${formatObjectRef(
            entry.ref,
          )}${entry.reason === undefined ? '' : `: ${entry.reason}`}`,
        );
      }
      if (error !== undefined) {
        throw error;
      }
      if (!options.plan) {
        await awaitGone(entries, {
          client,
          timeoutSeconds: options.timeoutSeconds ?? DEFAULT_DELETE_SECONDS,
          signal,
        });
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new DeleteFailedError(
        signal?.aborted ? 'Deleting was cancelled.' : reason,
        [...withHeld(changeSet, error), ...notReached(objects, changeSet)],
      );
    }
  }
  return options.set === undefined
    ? changeSet
    : [...changeSet, ...(await deleteSet(options, options.set, changeSet))];
}
