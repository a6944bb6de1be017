import { ApplyFailedError } from '../errors/ApplyFailedError';
import { PlanRefusedError } from '../errors/PlanRefusedError';
import { ChangeSet } from '../model/ChangeSet';
import { objectKey } from '../model/objectKey';
import { applyStage } from './applyStage';
import { parentRefOf } from './applySet/ApplySet';
import { ApplySetRun } from './applySet/ApplySetRun';
import {
  completeChangeSet,
  refusedChangeSet,
} from './outcome/completeChangeSet';
import { WriteJournal } from './outcome/WriteJournal';
import { PlanContext } from './PlanContext';
import { ApplyManifestsOptions, openPlan, preflight } from './preparePlan';
import { rollBack } from './rollback/rollBack';
import { APPLY_STAGES } from './stages';
import { tryObjects } from './tryObjects';

/**
 * Applies manifests stage by stage with server-side apply.
 *
 * The preflight and a dry run of the whole come first. Objects that already are
 * as their manifest says are not written. Within a stage a few are written side
 * by side, after the server has tried all of them. Of an ApplySet, what the
 * manifests no longer have is pruned last, and only after everything applied.
 *
 * @returns what was done, in order
 * @throws PlanRefusedError when the preflight finds problems; nothing was changed
 * @throws ApplyFailedError when something fails later, or the signal aborts; it
 *   carries what became of every object, and of a rollback where one was asked for
 */
export async function applyManifests(
  request: ApplyManifestsOptions,
): Promise<ChangeSet> {
  const journal = new WriteJournal(request.client);
  const context = await openPlan({ ...request, client: journal.client });
  const isUnchanged = await assertNoProblems(context, request);
  const changeSet: ChangeSet = [];
  const set =
    context.applySet === undefined
      ? undefined
      : new ApplySetRun({
          context,
          opened: context.applySet,
          changes: !isUnchanged,
          changeSet,
          onProgress: request.onProgress,
        });
  // What pruning has deleted cannot be made again, so that it ends the run's undoing.
  let isApplied = false;
  try {
    await applyStages({ context, request, set, changeSet });
    isApplied = true;
    await set?.finish();
  } catch (error) {
    throw await failure({
      error,
      context,
      request: isApplied ? { ...request, onFailure: 'keep' } : request,
      journal,
      recorded: changeSet,
    });
  }
  return changeSet;
}

/** @returns whether the dry run found nothing to do */
async function assertNoProblems(
  context: PlanContext,
  { force }: ApplyManifestsOptions,
): Promise<boolean> {
  const { problems: foreseen, covered } = await preflight(context);
  // A refusal in a late stage must not come after the early ones are written.
  const tried = await tryObjects(context, { force, except: covered });
  const problems = [...foreseen, ...tried.problems];
  if (problems.length > 0) {
    throw new PlanRefusedError(
      context.client.cluster,
      problems,
      refusedChangeSet(context.objects, ({ ref, source }) => {
        const of = problems.find(problem =>
          problem.ref === undefined
            ? problem.source === source
            : objectKey(problem.ref) === objectKey(ref),
        );
        return of?.message;
      }),
    );
  }
  return tried.changes.every(({ action }) => action === 'unchanged');
}

async function applyStages(run: {
  context: PlanContext;
  request: ApplyManifestsOptions;
  set: ApplySetRun | undefined;
  changeSet: ChangeSet;
}): Promise<void> {
  const { context, request, set, changeSet } = run;
  const { signal, onProgress } = request;
  const stages = APPLY_STAGES.map((stage, index) => ({
    stage,
    members: context.objects.filter(object => object.stage === index),
  })).filter(({ members }) => members.length > 0);
  for (const [index, { stage, members }] of stages.entries()) {
    signal?.throwIfAborted();
    if (set !== undefined && index >= set.firstStage) {
      await set.begin();
    }
    onProgress?.(
      `Stage ${index + 1} of ${stages.length}, ${stage.name}: ${
        members.length
      } ${members.length === 1 ? 'object' : 'objects'}`,
    );
    await applyStage({ context, request, stage, members, changeSet });
  }
}

/** What to throw: why, and what became of every object. */
async function failure(options: {
  error: unknown;
  context: PlanContext;
  request: ApplyManifestsOptions;
  journal: WriteJournal;
  recorded: ChangeSet;
}): Promise<ApplyFailedError> {
  const { error, context, request, journal, recorded } = options;
  const { client, signal, onProgress } = request;
  const isCancelled = signal?.aborted === true;
  const changeSet = await completeChangeSet({
    objects: context.objects,
    recorded,
    journal,
    client,
    stopped: isCancelled
      ? 'not reached before the cancellation'
      : 'not reached: applying stopped before it',
    choices: context.choices,
  });
  const reasonOf = (): string => {
    if (isCancelled) {
      return `Applying to cluster '${client.cluster}' was cancelled.`;
    }
    if (error instanceof ApplyFailedError) {
      return error.reason;
    }
    return error instanceof Error ? error.message : String(error);
  };
  const cause = isCancelled ? signal.reason : error;
  if (request.onFailure !== 'rollback') {
    return new ApplyFailedError(reasonOf(), changeSet, cause);
  }
  const { changeSet: after, waysBack } = await rollBack({
    client,
    journal,
    changeSet,
    last: context.applySet && parentRefOf(context.applySet.set),
    onProgress,
  });
  return new ApplyFailedError(reasonOf(), after, cause, { waysBack });
}
