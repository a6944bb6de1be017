import { formatObjectRef } from '@sportsbook/plugin-sportsbook-scaling-common';
import { planApply } from '@sportsbook/plugin-sportsbook-scaling-node';
import { PlanOptions } from '../program/Invocation';
import { applyRequest } from './applyRequest';
import { CommandContext } from './CommandContext';
import { CommandResult } from './CommandResult';
import { exitCodeOfPlan } from './runPlan';

export async function runDiff(
  options: PlanOptions,
  context: CommandContext,
): Promise<CommandResult> {
  const { problems, changes, warnings } = await planApply(
    await applyRequest(options, context),
  );
  warnings.forEach(warning => context.progress.warn(warning));
  const pending = changes.filter(({ action }) => action !== 'unchanged');
  return {
    report: { problems, changes: pending, warnings },
    exitCode: exitCodeOfPlan(options, problems.length, changes),
    text: pending
      .map(({ ref, action, reason, changedFields }) =>
        [
          `${action} ${formatObjectRef(ref)}${
            reason === undefined ? '' : `: ${reason}`
          }`,
          ...(changedFields ?? []).map(field => `  ${field}`),
        ].join('\n'),
      )
      .join('\n'),
  };
}
