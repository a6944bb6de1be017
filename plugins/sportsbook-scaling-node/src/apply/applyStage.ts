import {
  formatObjectRef,
  groupKindOf,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { ApplyFailedError } from '../errors/ApplyFailedError';
import { ChangeSet } from '../model/ChangeSet';
import { afterEarlierStages } from './afterEarlierStages';
import { awaitDefinitions } from './awaitDefinitions';
import { compareWithCluster } from './compareWithCluster';
import { describeRefusal } from './describeRefusal';
import { mapInFlight } from './mapInFlight';
import { PlanContext } from './PlanContext';
import { ApplyManifestsOptions } from './preparePlan';
import { NotRecreated } from './recreateObject';
import {
  ComparisonWithHandover,
  withReplicasHandover,
} from './replicasHandover';
import { ResolvedObject } from './ResolvedObject';
import { ApplyStage } from './stages';
import { writeObject } from './writeObject';

interface StageRun {
  context: PlanContext;
  request: ApplyManifestsOptions;
  stage: ApplyStage;
  members: ResolvedObject[];
  /** Gets what was done, also when the stage fails. */
  changeSet: ChangeSet;
}

interface Failure {
  object: ResolvedObject;
  error: unknown;
}

function assertNone(failures: Failure[], changeSet: ChangeSet): void {
  if (failures.length > 0) {
    throw new ApplyFailedError(
      failures
        .map(({ object, error }) => describeRefusal(object.ref, error))
        .join('\n'),
      changeSet,
      failures[0].error,
    );
  }
}

/**
 * Compares all members, also after a failure. The dry run of the whole set is
 * no substitute: since then earlier stages have taken effect, and others may
 * have changed an object that was as it should be.
 */
async function compareMembers({
  context,
  members,
  changeSet,
}: StageRun): Promise<ComparisonWithHandover[]> {
  const { client, choices, signal } = context;
  const failures: Failure[] = [];
  const compared = await mapInFlight(members, async object => {
    try {
      const comparison = await afterEarlierStages(context, object, () =>
        compareWithCluster({ client, object, choices, signal }),
      );
      return [await withReplicasHandover(context, comparison)];
    } catch (error) {
      failures.push({ object, error });
      return [];
    }
  });
  assertNone(failures, changeSet);
  return compared.flat();
}

/** Begins no further write after a failure. */
async function writeMembers(
  run: StageRun,
  comparisons: ComparisonWithHandover[],
): Promise<void> {
  const { context, request, changeSet } = run;
  const failures: Failure[] = [];
  await mapInFlight(comparisons, async comparison => {
    if (failures.length > 0) {
      return;
    }
    try {
      const entry = await writeObject(context, comparison);
      changeSet.push(entry);
      request.onProgress?.(`${entry.action} ${formatObjectRef(entry.ref)}`);
    } catch (error) {
      failures.push({ object: comparison.object, error });
      if (error instanceof NotRecreated) {
        // The refusal alone would not say that the object is gone.
        changeSet.push({
          ...comparison.entry,
          action: 'failed',
          reason: error.message,
        });
      }
    }
  });
  assertNone(failures, changeSet);
}

/**
 * Tries the whole stage before it writes any of it.
 *
 * @throws ApplyFailedError with all that was done, in this stage and before
 */
export async function applyStage(run: StageRun): Promise<void> {
  await writeMembers(run, await compareMembers(run));
  if (run.stage.awaitEffect) {
    await awaitDefinitions({
      client: run.context.client,
      definitions: run.members.filter(
        ({ ref }) =>
          groupKindOf(ref) === 'apiextensions.k8s.io/CustomResourceDefinition',
      ),
      signal: run.context.signal,
    });
  }
}
