import {
  ChangeSet,
  planApply,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { EXIT_CODES } from '../exitCodes';
import { PlanOptions } from '../program/Invocation';
import { applyRequest } from './applyRequest';
import { CommandContext } from './CommandContext';
import { CommandResult } from './CommandResult';

/** Whether an apply would write something, as far as can be known. */
export function hasPending(changes: ChangeSet): boolean {
  return changes.some(({ action }) => action !== 'unchanged');
}

export async function runPlan(
  options: PlanOptions,
  context: CommandContext,
): Promise<CommandResult> {
  const { problems, changes, warnings } = await planApply(
    await applyRequest(options, context),
  );
  warnings.forEach(warning => context.progress.warn(warning));
  return {
    report: { problems, changes, warnings },
    exitCode: exitCodeOfPlan(options, problems.length, changes),
  };
}

export function exitCodeOfPlan(
  { exitCode }: Pick<PlanOptions, 'exitCode'>,
  problems: number,
  changes: ChangeSet,
) {
  if (problems > 0) {
    return EXIT_CODES.refused;
  }
  return exitCode && hasPending(changes)
    ? EXIT_CODES.changesPending
    : EXIT_CODES.done;
}
