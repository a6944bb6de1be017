import {
  formatObjectRef,
  groupKindOf,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { ApplyFailedError } from '../errors/ApplyFailedError';
import { ChangeSet, ChangeSetEntry } from '../model/ChangeSet';
import { afterEarlierStages } from './afterEarlierStages';
import { awaitDefinitions } from './awaitDefinitions';
import { compareWithCluster } from './compareWithCluster';
import { describeRefusal } from './describeRefusal';
import { mapInFlight } from './mapInFlight';
import { PlanContext } from './PlanContext';
import { ApplyManifestsOptions } from './preparePlan';
import {
  ComparisonWithHandover,
  handOverReplicas,
  withReplicasHandover,
} from './replicasHandover';
import { ResolvedObject } from './ResolvedObject';
import { ApplyStage } from './stages';

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
  request,
  members,
  changeSet,
}: StageRun): Promise<ComparisonWithHandover[]> {
  const { client, signal } = context;
  const { force } = request;
  const failures: Failure[] = [];
  const compared = await mapInFlight(members, async object => {
    try {
      const comparison = await afterEarlierStages(context, object, () =>
        compareWithCluster({ client, object, force, signal }),
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

async function writeMember(
  { context, request }: StageRun,
  { object, entry, live, handsOverReplicas }: ComparisonWithHandover,
): Promise<ChangeSetEntry> {
  const { client, signal } = context;
  const { force } = request;
  signal?.throwIfAborted();
  if (entry.action === 'unchanged') {
    return entry;
  }
  if (handsOverReplicas && live !== undefined) {
    await handOverReplicas({ client, live, signal });
  }
  const result = await afterEarlierStages(context, object, () =>
    client.apply(object.object, { force, signal }),
  );
  return {
    ...entry,
    uid: result.object.metadata.uid,
    warnings: result.warnings,
  };
}

/** Begins no further write after a failure. */
async function writeMembers(
  run: StageRun,
  comparisons: ComparisonWithHandover[],
): Promise<void> {
  const { request, changeSet } = run;
  const failures: Failure[] = [];
  await mapInFlight(comparisons, async comparison => {
    if (failures.length > 0) {
      return;
    }
    try {
      const entry = await writeMember(run, comparison);
      changeSet.push(entry);
      request.onProgress?.(`${entry.action} ${formatObjectRef(entry.ref)}`);
    } catch (error) {
      failures.push({ object: comparison.object, error });
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
