import { KubernetesApiError } from '../errors/KubernetesApiError';
import { ChangeSetEntry } from '../model/ChangeSet';
import { ApplyResult } from '../ports/KubernetesClient';
import { sleep } from '../sleep';
import { afterEarlierStages } from './afterEarlierStages';
import { atPresentVersion } from './atPresentVersion';
import { compareWithCluster } from './compareWithCluster';
import { migrateManagers } from './migrateManagers';
import { PlanContext } from './PlanContext';
import { recreateObject } from './recreateObject';
import {
  ComparisonWithHandover,
  handOverReplicas,
  withReplicasHandover,
} from './replicasHandover';

/** Others may write the object, or its status, as often as they like; one attempt takes two calls. */
const LONGEST_SECONDS = 60;
/** So that several writers do not go in step. */
const LONGEST_PAUSE_MILLISECONDS = 20;

/** The object is not the one any more that was compared. */
function isOvertaken(error: unknown): boolean {
  return error instanceof KubernetesApiError && error.status === 409;
}

async function writeOnce(
  context: PlanContext,
  { object, live, write, handsOverReplicas }: ComparisonWithHandover,
): Promise<ApplyResult> {
  const { client, signal, choices } = context;
  if (write.recreates && live !== undefined) {
    return recreateObject({
      client,
      object,
      live,
      timeoutSeconds: choices.recreateTimeoutSeconds,
      signal,
    });
  }
  let { atVersion } = write;
  if (write.migration !== undefined && live !== undefined) {
    const migrated = await migrateManagers({
      client,
      live,
      migration: write.migration,
      signal,
    });
    atVersion &&= migrated.metadata.resourceVersion;
  }
  if (handsOverReplicas && live !== undefined) {
    const kept = await handOverReplicas({ client, live, atVersion, signal });
    atVersion &&= kept.metadata.resourceVersion;
  }
  const { metadata } = object.object;
  const body =
    atVersion === undefined
      ? object.object
      : {
          ...object.object,
          metadata: { ...metadata, resourceVersion: atVersion },
        };
  return afterEarlierStages(context, object, () =>
    client.apply(body, { force: write.force, signal }),
  );
}

/**
 * Writes an object as it was compared.
 *
 * @remarks
 * Where fields are taken over or migrated, the write names the version that was
 * compared: should somebody have written meanwhile, the conflicts may be others,
 * and the object is compared anew. A force never reaches a field that was not
 * looked at.
 *
 * @throws FieldConflictError where the new comparison finds conflicts that are not to be forced
 */
export async function writeObject(
  context: PlanContext,
  comparison: ComparisonWithHandover,
): Promise<ChangeSetEntry> {
  const { client, signal, choices } = context;
  const deadline = performance.now() + LONGEST_SECONDS * 1000;
  let current = comparison;
  for (let attempt = 1; ; attempt += 1) {
    signal?.throwIfAborted();
    if (current.entry.action === 'unchanged') {
      // An earlier attempt whose answer was lost has arrived.
      return attempt === 1 ? current.entry : comparison.entry;
    }
    try {
      const { object, warnings } = await writeOnce(context, current);
      return { ...current.entry, uid: object.metadata.uid, warnings };
    } catch (error) {
      const { atVersion, migration } = current.write;
      const dependsOnVersion =
        atVersion !== undefined || migration !== undefined;
      if (
        !dependsOnVersion ||
        !isOvertaken(error) ||
        performance.now() > deadline
      ) {
        throw error;
      }
    }
    await sleep(Math.random() * LONGEST_PAUSE_MILLISECONDS, { signal });
    current =
      (await atPresentVersion(context, current)) ??
      (await withReplicasHandover(
        context,
        await compareWithCluster({
          client,
          object: comparison.object,
          choices,
          signal,
        }),
      ));
  }
}
