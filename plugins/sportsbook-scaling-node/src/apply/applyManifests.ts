import {
  groupKindOf,
  formatObjectRef,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { ApplyFailedError } from '../errors/ApplyFailedError';
import { PlanRefusedError } from '../errors/PlanRefusedError';
import { sleep } from '../kubernetes/sleep';
import { awaitDefinitions } from './awaitDefinitions';
import { ChangeSet, ChangeSetEntry } from './ChangeSet';
import { compareWithCluster } from './compareWithCluster';
import { lacksEarlierStage } from './dependencies';
import { describeRefusal } from './describeRefusal';
import { mapInFlight } from './mapInFlight';
import { PlanContext } from './PlanContext';
import { ApplyManifestsOptions, openPlan, preflight } from './preparePlan';
import { handOverReplicas, withReplicasHandover } from './replicasHandover';
import { ResolvedObject } from './ResolvedObject';
import { APPLY_STAGES, ApplyStage } from './stages';
import { tryObjects } from './tryObjects';

/** The server's caches catch up within half a second; beyond this something else is wrong. */
const EARLIER_STAGES_SECONDS = 30;
const PAUSE_MILLISECONDS = 250;

/** Repeats a call while the server's caches have not taken up an earlier stage. */
async function afterEarlierStages<T>(
  { objects, signal }: PlanContext,
  object: ResolvedObject,
  call: () => Promise<T>,
): Promise<T> {
  const deadline = performance.now() + EARLIER_STAGES_SECONDS * 1000;
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (
        !lacksEarlierStage(error, object, objects) ||
        performance.now() > deadline
      ) {
        throw error;
      }
      await sleep(PAUSE_MILLISECONDS, { signal });
    }
  }
}

/** Runs the tasks side by side and waits for all of them, also after a failure. */
async function settleAll<T>(
  objects: ResolvedObject[],
  task: (object: ResolvedObject) => Promise<T>,
  stopAtFailure: boolean,
): Promise<{
  done: T[];
  failures: { object: ResolvedObject; error: unknown }[];
}> {
  const done: T[] = [];
  const failures: { object: ResolvedObject; error: unknown }[] = [];
  await mapInFlight(objects, async object => {
    if (stopAtFailure && failures.length > 0) {
      return;
    }
    try {
      done.push(await task(object));
    } catch (error) {
      failures.push({ object, error });
    }
  });
  return { done, failures };
}

function describeFailures(
  failures: { object: ResolvedObject; error: unknown }[],
): string {
  return failures
    .map(({ object, error }) => describeRefusal(object.ref, error))
    .join('\n');
}

/** Tries the whole stage before it writes any of it; returns what was done, or throws with it. */
async function applyStage(
  context: PlanContext,
  request: ApplyManifestsOptions,
  stage: ApplyStage,
  members: ResolvedObject[],
  changeSet: ChangeSet,
): Promise<void> {
  const { client, signal } = context;
  const { force, onProgress } = request;
  const tried = await settleAll(
    members,
    async object =>
      withReplicasHandover(
        context,
        await afterEarlierStages(context, object, () =>
          compareWithCluster({ client, object, force, signal }),
        ),
      ),
    false,
  );
  if (tried.failures.length > 0) {
    throw new ApplyFailedError(
      describeFailures(tried.failures),
      changeSet,
      tried.failures[0].error,
    );
  }
  const comparisons = new Map(
    tried.done.map(comparison => [comparison.object, comparison]),
  );
  const record = (entry: ChangeSetEntry) => {
    changeSet.push(entry);
    onProgress?.(`${entry.action} ${formatObjectRef(entry.ref)}`);
  };
  const written = await settleAll(
    members,
    async object => {
      signal?.throwIfAborted();
      const comparison = comparisons.get(object);
      if (comparison === undefined) {
        return;
      }
      const { entry, live, handsOverReplicas } = comparison;
      if (entry.action === 'unchanged') {
        record(entry);
        return;
      }
      if (handsOverReplicas && live !== undefined) {
        await handOverReplicas({ client, live, signal });
      }
      const result = await afterEarlierStages(context, object, () =>
        client.apply(object.object, { force, signal }),
      );
      record({
        ...entry,
        uid: result.object.metadata.uid,
        warnings: result.warnings,
      });
    },
    true,
  );
  if (written.failures.length > 0) {
    throw new ApplyFailedError(
      describeFailures(written.failures),
      changeSet,
      written.failures[0].error,
    );
  }
  if (stage.awaitEffect) {
    await awaitDefinitions({
      client,
      definitions: members.filter(
        ({ ref }) =>
          groupKindOf(ref) === 'apiextensions.k8s.io/CustomResourceDefinition',
      ),
      signal,
    });
  }
}

/**
 * Applies manifests stage by stage with server-side apply.
 *
 * The preflight and a dry run of the whole come first. Objects that already are as their manifest says
 * are not written. Within a stage a few are written side by side, after the
 * server has tried all of them.
 *
 * @returns what was done, in order
 * @throws PlanRefusedError when the preflight finds problems; nothing was changed
 * @throws ApplyFailedError when something fails later, or the signal aborts; it
 *   carries what was done until then
 */
export async function applyManifests(
  request: ApplyManifestsOptions,
): Promise<ChangeSet> {
  const { client, signal, onProgress } = request;
  const context = await openPlan(request);
  const { problems: foreseen, covered } = await preflight(context);
  // A refusal in a late stage must not come after the early ones are written.
  const tried = await tryObjects(context, {
    force: request.force,
    except: covered,
  });
  const problems = [...foreseen, ...tried.problems];
  if (problems.length > 0) {
    throw new PlanRefusedError(client.cluster, problems);
  }
  const changeSet: ChangeSet = [];
  const stages = APPLY_STAGES.map((stage, index) => ({
    stage,
    members: context.objects.filter(object => object.stage === index),
  })).filter(({ members }) => members.length > 0);
  for (const [index, { stage, members }] of stages.entries()) {
    try {
      signal?.throwIfAborted();
      onProgress?.(
        `Stage ${index + 1} of ${stages.length}, ${stage.name}: ${
          members.length
        } ${members.length === 1 ? 'object' : 'objects'}`,
      );
      await applyStage(context, request, stage, members, changeSet);
    } catch (error) {
      if (signal?.aborted) {
        throw new ApplyFailedError(
          `Applying to cluster '${client.cluster}' was cancelled.`,
          changeSet,
          signal.reason,
        );
      }
      throw error instanceof ApplyFailedError
        ? error
        : new ApplyFailedError(
            error instanceof Error ? error.message : String(error),
            changeSet,
            error,
          );
    }
  }
  return changeSet;
}
