import { formatObjectRef } from '@sportsbook/plugin-sportsbook-scaling-common';
import {
  ApplyPlan,
  formatPlanProblem,
  planApply,
  renderDiff,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { PlanOptions } from '../program/Invocation';
import { applyRequest } from './applyRequest';
import { CommandContext } from './CommandContext';
import { CommandResult } from './CommandResult';
import { exitCodeOfPlan } from './runPlan';

/** Of a whole diff on a terminal; `-o json` has all of it. */
const LONGEST_CHARACTERS = 1024 * 1024;

/** The problems, what is deleted or cannot be known, and the differences line by line. */
function renderPlannedDiff({ problems, changes, diffs }: ApplyPlan): string {
  return [
    ...problems.map(problem => `Problem: ${formatPlanProblem(problem)}`),
    ...changes
      .filter(({ action }) => action === 'deleted' || action === 'unverifiable')
      .map(
        ({ action, ref, reason }) =>
          `${action} ${formatObjectRef(ref)}${
            reason === undefined ? '' : `: ${reason}`
          }`,
      ),
    renderDiff(diffs, { longestCharacters: LONGEST_CHARACTERS }),
  ]
    .filter(part => part !== '')
    .join('\n');
}

export async function runDiff(
  options: PlanOptions,
  context: CommandContext,
): Promise<CommandResult> {
  const plan = await planApply({
    ...(await applyRequest(options, context)),
    diff: true,
  });
  plan.warnings.forEach(warning => context.progress.warn(warning));
  const { problems, changes, warnings, diffs } = plan;
  return {
    report: { problems, changes, warnings, diffs },
    exitCode: exitCodeOfPlan(options, plan),
    text: renderPlannedDiff(plan),
  };
}
