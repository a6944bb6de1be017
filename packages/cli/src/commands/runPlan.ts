import {
  ApplyPlan,
  ChangeSet,
  planApply,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { exitCodeOfProblems } from '../exitCodeOf';
import { EXIT_CODES, ExitCode } from '../exitCodes';
import { PlanOptions } from '../program/Invocation';
import { applyRequest } from './applyRequest';
import { CommandContext } from './CommandContext';
import { CommandResult } from './CommandResult';

/** Whether an apply would write something, as far as can be known. */
function hasPending(changes: ChangeSet): boolean {
  return changes.some(
    ({ action }) => action !== 'unchanged' && action !== 'skipped',
  );
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
    exitCode: exitCodeOfPlan(options, { problems, changes }),
  };
}

/** Problems come first; changes count where `--exit-code` asks for them. */
export function exitCodeOfPlan(
  { exitCode }: Pick<PlanOptions, 'exitCode'>,
  { problems, changes }: Pick<ApplyPlan, 'problems' | 'changes'>,
): ExitCode {
  if (problems.length > 0) {
    return exitCodeOfProblems(problems);
  }
  return exitCode && hasPending(changes)
    ? EXIT_CODES.changesPending
    : EXIT_CODES.done;
}
