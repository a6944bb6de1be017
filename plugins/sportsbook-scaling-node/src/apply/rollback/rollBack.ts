import { ObjectRef } from '@sportsbook/plugin-sportsbook-scaling-common';
import { DeleteFailedError } from '../../errors/DeleteFailedError';
import { KubernetesClient } from '../../ports/KubernetesClient';
import { ChangeSet, ChangeSetEntry } from '../../model/ChangeSet';
import { objectKey } from '../../model/objectKey';
import { deleteObjects } from '../deleteObjects';
import { madeByUs } from '../outcome/madeByUs';
import { WriteJournal } from '../outcome/WriteJournal';
import { wayBack } from './wayBack';

/** For all deletions of a rollback; a cancelled run cannot cancel this too. */
const ROLLBACK_SECONDS = 300;

/** What a rollback did. */
export interface RolledBack {
  changeSet: ChangeSet;
  /** For each object that was changed and stays so: how to bring it back. */
  waysBack: string[];
}

/** A failed deletion's own record counts as well. */
async function deleteMade(
  client: KubernetesClient,
  made: ChangeSetEntry[],
  onProgress?: (line: string) => void,
): Promise<ChangeSet> {
  if (made.length === 0) {
    return [];
  }
  try {
    return await deleteObjects({
      client,
      objects: made.map(({ ref, uid }) => ({ ref, uid })),
      evenForeign: true,
      onProgress,
      signal: AbortSignal.timeout(ROLLBACK_SECONDS * 1000),
    });
  } catch (error) {
    if (error instanceof DeleteFailedError) {
      return error.changeSet;
    }
    throw error;
  }
}

function afterRollback(
  entry: ChangeSetEntry,
  deleted: Map<string, ChangeSetEntry>,
): ChangeSetEntry {
  const outcome = deleted.get(objectKey(entry.ref));
  if (outcome === undefined) {
    return entry;
  }
  return outcome.action === 'deleted'
    ? { ...entry, action: 'deleted', reason: 'made by this run, rolled back' }
    : {
        ...entry,
        action: outcome.action === 'unknown' ? 'unknown' : entry.action,
        reason: `made by this run, not rolled back: ${
          outcome.reason ?? outcome.action
        }`,
      };
}

/**
 * Deletes what a run made, and nothing else, in the reverse order; says of what
 * it changed how to bring it back.
 */
export async function rollBack(options: {
  client: KubernetesClient;
  journal: WriteJournal;
  /** Of the run that failed. */
  changeSet: ChangeSet;
  /** The parent of the set, by which its members are found as long as there are any. */
  last?: ObjectRef;
  onProgress?: (line: string) => void;
}): Promise<RolledBack> {
  const { client, journal, changeSet, last, onProgress } = options;
  const isLast = ({ ref }: ChangeSetEntry) =>
    last !== undefined && objectKey(ref) === objectKey(last);
  // An entry may say created where somebody else was faster: the server's word counts.
  const made = changeSet.filter(({ ref, uid, action }) => {
    const { madeUids, write } = journal.entry(ref) ?? {};
    return (
      action === 'created' &&
      uid !== undefined &&
      ((madeUids?.includes(uid) ?? false) ||
        (write?.status === 'done' && madeByUs(write.object)))
    );
  });
  onProgress?.(
    made.length === 0
      ? 'Nothing to roll back: this run has made no object'
      : `Rolling back: deleting what this run has made (${made.length})`,
  );
  const members = await deleteMade(
    client,
    made.filter(entry => !isLast(entry)),
    onProgress,
  );
  const areGone = members.every(({ action }) => action === 'deleted');
  const parent = areGone
    ? await deleteMade(client, made.filter(isLast), onProgress)
    : [];
  const deleted = new Map(
    [...members, ...parent].map(entry => [objectKey(entry.ref), entry]),
  );
  const waysBack = changeSet.flatMap(({ ref, action, recreated }) => {
    const { before, write } = journal.entry(ref) ?? {};
    return action === 'configured' &&
      before !== undefined &&
      write?.status === 'done' &&
      // What the parent says more than before does no harm, and is true.
      (last === undefined || objectKey(ref) !== objectKey(last))
      ? [wayBack(before, write.object, { recreated })]
      : [];
  });
  waysBack.forEach(line => onProgress?.(line));
  return {
    changeSet: changeSet.map(entry => afterRollback(entry, deleted)),
    waysBack,
  };
}
