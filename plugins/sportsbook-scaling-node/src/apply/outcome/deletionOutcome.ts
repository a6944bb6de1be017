import { objectRefOf } from '@sportsbook/plugin-sportsbook-scaling-common';
import { KubernetesClient } from '../../ports/KubernetesClient';
import { ChangeSet, ChangeSetEntry } from '../../model/ChangeSet';
import { objectKey } from '../../model/objectKey';
import { StillThere } from '../awaitGone';
import type { DeletedObject } from '../deleteObjects';
import { findObject } from '../findObject';
import { isAnswer } from './isAnswer';

/** For the look-ups after an answer was lost; the client tries again within it. */
const LOOK_UP_SECONDS = 45;

/** What became of a deletion that threw. */
export async function deletionOutcome(
  { client, signal }: { client: KubernetesClient; signal?: AbortSignal },
  { ref, uid }: DeletedObject,
  { error, isSent }: { error: unknown; isSent: boolean },
): Promise<ChangeSetEntry> {
  const reason = error instanceof Error ? error.message : String(error);
  if (!isSent && signal?.aborted) {
    return {
      ref,
      uid,
      action: 'skipped',
      reason: 'not reached before the cancellation',
      warnings: [],
    };
  }
  if (!isSent || isAnswer(error)) {
    return { ref, uid, action: 'failed', reason, warnings: [] };
  }
  const lost = 'the answer to its deletion was lost';
  try {
    const live = await findObject(
      client,
      ref,
      AbortSignal.timeout(LOOK_UP_SECONDS * 1000),
    );
    const isGoing =
      live === undefined ||
      live.metadata.deletionTimestamp !== undefined ||
      (uid !== undefined && live.metadata.uid !== uid);
    return {
      ref,
      uid: uid ?? live?.metadata.uid,
      action: isGoing ? 'deleted' : 'failed',
      reason: isGoing ? `${lost}; it is gone or going` : `${lost}: ${reason}`,
      warnings: [],
    };
  } catch (second) {
    return {
      ref,
      uid,
      action: 'unknown',
      reason: `${lost}, and looking again failed: ${
        second instanceof Error ? second.message : String(second)
      }`,
      warnings: [],
    };
  }
}

/** Objects whose deletion was accepted and that are still there. */
export function withHeld(changeSet: ChangeSet, error: unknown): ChangeSet {
  if (!(error instanceof StillThere)) {
    return changeSet;
  }
  const reasons = new Map(
    error.held.map(({ object, reason }) => [
      objectKey(objectRefOf(object)),
      reason,
    ]),
  );
  return changeSet.map(entry => {
    const reason = reasons.get(objectKey(entry.ref));
    return reason === undefined
      ? entry
      : {
          ...entry,
          action: 'failed',
          reason: `its deletion was accepted, and it is still there: ${reason}`,
        };
  });
}

/** What a deletion that stopped half-way did not come to. */
export function notReached(
  objects: DeletedObject[],
  changeSet: ChangeSet,
): ChangeSet {
  const known = new Set(changeSet.map(({ ref }) => objectKey(ref)));
  return objects
    .filter(({ ref }) => !known.has(objectKey(ref)))
    .map(({ ref, uid }) => ({
      ref,
      uid,
      action: 'skipped',
      reason: 'not reached: deleting stopped before it',
      warnings: [],
    }));
}
