import { formatObjectRef } from '@sportsbook/plugin-sportsbook-scaling-common';
import { ChangeSet } from '../model/ChangeSet';
import { PlanProblem } from '../model/PlanProblem';
import { leftoverEntries } from './applySet/ApplySetRun';
import { lookAtObjects } from './lookAtObjects';
import { ObjectDiff } from './objectDiff';
import { ApplyManifestsOptions, openPlan, preflight } from './preparePlan';
import { tryObjects } from './tryObjects';

/** What an apply would do, and what speaks against it. Nothing has been changed. */
export interface ApplyPlan {
  /** Empty: nothing speaks against it. */
  problems: PlanProblem[];
  /** In the order of stages; objects with problems are left out. */
  changes: ChangeSet;
  /**
   * What would change in each object, in the same order, where the request asks
   * for it. Of what others write nothing is tried, so that there is none.
   */
  diffs: ObjectDiff[];
  /** What admission warns of, and what could not be checked. */
  warnings: string[];
}

/**
 * Asks everything that can be asked before an apply, and lets the server try
 * each object in a dry run. Changes nothing.
 *
 * @returns all problems together, so that one round of corrections is enough
 * @throws ClusterUnreachableError, UnknownClusterError, BackstageRefusedError
 */
export async function planApply(
  request: ApplyManifestsOptions,
): Promise<ApplyPlan> {
  const { force, diff, onProgress } = request;
  const context = await openPlan(request);
  onProgress?.(
    `Checking ${context.objects.length} objects against cluster '${context.client.cluster}'`,
  );
  const { problems, warnings, covered } = await preflight(context);
  const tried =
    context.writer !== 'self'
      ? {
          problems: [],
          diffs: [],
          changes: await lookAtObjects(context, { except: covered }),
        }
      : await tryObjects(context, { force, diff, except: covered });
  return {
    diffs: tried.diffs,
    problems: [...problems, ...tried.problems],
    changes: [
      ...tried.changes,
      ...(context.applySet === undefined
        ? []
        : leftoverEntries(context.applySet)),
    ],
    warnings: [
      ...warnings,
      ...tried.changes.flatMap(entry =>
        entry.warnings.map(
          warning => `${formatObjectRef(entry.ref)}: ${warning}`,
        ),
      ),
    ],
  };
}
