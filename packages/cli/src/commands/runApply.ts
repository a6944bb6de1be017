import { applyManifests } from '@sportsbook/plugin-sportsbook-scaling-node';
import { EXIT_CODES } from '../exitCodes';
import { ApplyOptions } from '../program/Invocation';
import { applyRequest } from './applyRequest';
import { CommandContext } from './CommandContext';
import { CommandResult } from './CommandResult';
import { FailedAfterChanges } from './FailedAfterChanges';
import { waitFor } from './runWait';

export async function runApply(
  options: ApplyOptions,
  context: CommandContext,
): Promise<CommandResult> {
  const { progress } = context;
  const changes = await applyManifests({
    ...(await applyRequest(options, context)),
    onFailure: options.onFailure,
  });
  const warnings = changes.flatMap(entry => entry.warnings);
  warnings.forEach(warning => progress.warn(warning));
  if (!options.wait) {
    return { report: { changes, warnings }, exitCode: EXIT_CODES.done };
  }
  try {
    const refs = changes
      .filter(({ action }) => action !== 'deleted' && action !== 'skipped')
      .map(({ ref }) => ref);
    const statuses = await waitFor(refs, options, context);
    return {
      report: { changes, warnings, statuses },
      exitCode: EXIT_CODES.done,
    };
  } catch (error) {
    throw new FailedAfterChanges(error, { changes, warnings });
  }
}
