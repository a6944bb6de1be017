import { ApplyFailedError } from '../errors/ApplyFailedError';
import { PlanRefusedError } from '../errors/PlanRefusedError';
import { ChangeSet } from '../model/ChangeSet';
import { applyStage } from './applyStage';
import { ApplyManifestsOptions, openPlan, preflight } from './preparePlan';
import { APPLY_STAGES } from './stages';
import { tryObjects } from './tryObjects';

/**
 * Applies manifests stage by stage with server-side apply.
 *
 * The preflight and a dry run of the whole come first. Objects that already are
 * as their manifest says are not written. Within a stage a few are written side
 * by side, after the server has tried all of them.
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
      await applyStage({ context, request, stage, members, changeSet });
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
