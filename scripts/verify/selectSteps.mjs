import { parseArgs } from 'node:util';
import { SetupError } from '../setup/SetupError.mjs';

/**
 * The steps that `--only a,b` names, in their usual order; all without it.
 *
 * @throws SetupError that lists the steps
 */
export function selectSteps(steps, args) {
  const names = steps.map(({ name }) => name).join(', ');
  let only;
  try {
    ({ only } = parseArgs({
      args,
      options: { only: { type: 'string', multiple: true } },
    }).values);
  } catch (error) {
    throw new SetupError(
      `${
        error.message.split('. ')[0]
      }. The only flag is --only <step>[,<step>…] with steps of: ${names}.`,
    );
  }
  if (only === undefined) {
    return steps;
  }
  const wanted = only.flatMap(list => list.split(','));
  const unknown = wanted.filter(
    name => !steps.some(step => step.name === name),
  );
  if (unknown.length > 0) {
    throw new SetupError(
      `--only ${unknown.join(
        ', ',
      )}: there is no such step. Steps are: ${names}.`,
    );
  }
  return steps.filter(({ name }) => wanted.includes(name));
}
