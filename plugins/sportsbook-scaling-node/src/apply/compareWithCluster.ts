import {
  FIELD_MANAGER,
  KubernetesObject,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { isDeepStrictEqual } from 'node:util';
import { KubernetesClient } from '../ports/KubernetesClient';
import { ChangeSetEntry } from '../model/ChangeSet';
import { formatFieldConflicts } from '../model/FieldConflict';
import { changedFields } from './changedFields';
import { fieldsOwnedBy } from './fieldOwnership';
import { describeImmutableFields, immutableFieldsOf } from './immutableFields';
import { Migration, planMigration } from './migrateManagers';
import { overlay } from './overlay';
import { planRecreation } from './planRecreation';
import { ResolvedObject } from './ResolvedObject';
import { Tried, tryApply } from './tryApply';
import { WriteChoices } from './WriteChoices';

/** What the server would make of an object, beside what it has. */
export interface Comparison {
  object: ResolvedObject;
  live?: KubernetesObject;
  /** What a write would make of it. */
  desired: KubernetesObject;
  write: PlannedWrite;
  /** What a write would report; nothing has been written. */
  entry: ChangeSetEntry & { action: 'created' | 'configured' | 'unchanged' };
}

/** How an object is to be written. */
export interface PlannedWrite {
  force: boolean;
  /** The write is only right for this version of the object. Default: for any. */
  atVersion?: string;
  /** What has to come first. */
  migration?: Migration;
  /** Whether it is deleted and created anew. */
  recreates: boolean;
}

export interface CompareOptions {
  client: KubernetesClient;
  object: ResolvedObject;
  /** As in `choices`. */
  force?: boolean;
  /** Default: no field of others is touched, and nothing made anew. */
  choices?: WriteChoices;
  signal?: AbortSignal;
}

/** What was given up or taken over so that the object could be tried, in words. */
function reasonFor(
  tried: Tried,
  migration: Migration | undefined,
  fields: string[],
): string | undefined {
  const reasons = [
    migration && `takes over all fields of ${migration.managers.join(', ')}`,
    tried.takenOver.length === 0
      ? undefined
      : `forced, as was asked: ${formatFieldConflicts(tried.takenOver)}`,
  ].filter(reason => reason !== undefined);
  if (reasons.length > 0) {
    return reasons.join('; ');
  }
  return fields.length === 0 ? 'ownership of fields' : undefined;
}

/** The object has a field that cannot change. */
async function compareAnew(
  options: CompareOptions & { live: KubernetesObject; cause: unknown },
): Promise<Comparison | undefined> {
  const { client, object, live, choices = {}, cause, signal } = options;
  const fields = immutableFieldsOf(cause);
  if (fields === undefined) {
    return undefined;
  }
  await planRecreation({
    client,
    object,
    live,
    fields,
    choices,
    cause,
    signal,
  });
  const desired = overlay(live, object.object);
  return {
    object,
    live,
    desired,
    write: { force: false, recreates: true },
    entry: {
      ...entryOf(object),
      uid: live.metadata.uid,
      warnings: [],
      action: 'configured',
      recreated: true,
      changedFields: changedFields(live, desired),
      reason: `deleted and created anew: ${describeImmutableFields(fields)}`,
    },
  };
}

function entryOf({ ref, source }: ResolvedObject) {
  const { file, document, line } = source;
  return { ref, file, document, line };
}

/**
 * Runs the server's dry run of an object and compares the result with the live one.
 *
 * @remarks
 * An object that already looks right but whose fields we do not own yet counts
 * as configured: only an owner's later removal of a field takes effect.
 *
 * @throws FieldConflictError for fields of others that are not to be taken over
 * @throws ImmutableFieldError for fields that cannot change, where the object is not to be made anew
 */
export async function compareWithCluster(
  options: CompareOptions,
): Promise<Comparison> {
  const { client, object, force, signal } = options;
  const choices = { force, ...options.choices };
  const live = await client.get(object.ref, { signal });
  const migration = live && planMigration(live, choices.migrateFrom ?? []);
  let tried: Tried;
  try {
    tried = await tryApply({
      client,
      object,
      live,
      choices,
      migration,
      signal,
    });
  } catch (error) {
    const anew =
      live && (await compareAnew({ ...options, choices, live, cause: error }));
    if (anew === undefined) {
      throw error;
    }
    return anew;
  }
  const desired = tried.object;
  const entry = { ...entryOf(object), warnings: tried.warnings };
  const write: PlannedWrite = {
    force: tried.force,
    migration,
    // Conflicts are only known of this version.
    atVersion:
      tried.takenOver.length > 0 ? live?.metadata.resourceVersion : undefined,
    recreates: false,
  };
  if (live === undefined) {
    return { object, desired, write, entry: { ...entry, action: 'created' } };
  }
  const fields = changedFields(live, desired);
  const isOwned = isDeepStrictEqual(
    fieldsOwnedBy(live, FIELD_MANAGER),
    fieldsOwnedBy(tried.object, FIELD_MANAGER),
  );
  const compared = { object, live, desired, write };
  const known = { ...entry, uid: live.metadata.uid };
  if (fields.length === 0 && isOwned && migration === undefined) {
    return { ...compared, entry: { ...known, action: 'unchanged' } };
  }
  const reason = reasonFor(tried, migration, fields);
  return {
    ...compared,
    entry: {
      ...known,
      action: 'configured',
      changedFields: fields,
      ...(reason === undefined ? {} : { reason }),
    },
  };
}
