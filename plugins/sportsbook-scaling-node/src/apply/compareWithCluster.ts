import {
  FIELD_MANAGER,
  KubernetesObject,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { isDeepStrictEqual } from 'node:util';
import { KubernetesClient } from '../ports/KubernetesClient';
import { ChangeSetEntry } from '../model/ChangeSet';
import { changedFields } from './changedFields';
import { fieldsOwnedBy } from './fieldOwnership';
import { ResolvedObject } from './ResolvedObject';

/** What the server would make of an object, beside what it has. */
export interface Comparison {
  object: ResolvedObject;
  live?: KubernetesObject;
  /** What a write would report; nothing has been written. */
  entry: ChangeSetEntry & { action: 'created' | 'configured' | 'unchanged' };
}

/**
 * Runs the server's dry run of an object and compares the result with the live one.
 *
 * @remarks
 * An object that already looks right but whose fields we do not own yet counts
 * as configured: only an owner's later removal of a field takes effect.
 */
export async function compareWithCluster(options: {
  client: KubernetesClient;
  object: ResolvedObject;
  force?: boolean;
  signal?: AbortSignal;
}): Promise<Comparison> {
  const { client, object, force, signal } = options;
  const { ref, source } = object;
  const live = await client.get(ref, { signal });
  const { object: desired, warnings } = await client.apply(object.object, {
    dryRun: true,
    force,
    signal,
  });
  const entry = { ref, file: source.file, line: source.line, warnings };
  if (live === undefined) {
    return { object, entry: { ...entry, action: 'created' } };
  }
  const fields = changedFields(live, desired);
  const isOwned = isDeepStrictEqual(
    fieldsOwnedBy(live, FIELD_MANAGER),
    fieldsOwnedBy(desired, FIELD_MANAGER),
  );
  const known = { ...entry, uid: live.metadata.uid };
  if (fields.length === 0 && isOwned) {
    return { object, live, entry: { ...known, action: 'unchanged' } };
  }
  return {
    object,
    live,
    entry: {
      ...known,
      action: 'configured',
      changedFields: fields,
      ...(fields.length === 0 ? { reason: 'ownership of fields' } : {}),
    },
  };
}
