import { parseArgs } from 'node:util';
import { SetupError } from '../setup/SetupError.mjs';

const SYSTEMS = ['new', 'old'];

/**
 * What `npm run verify:install` was asked for.
 *
 * @returns `{system, keep}`: `new` (the default) or `old` frontend system, and
 * whether the fresh app is left there afterwards
 * @throws SetupError for anything else
 */
export function readInstallOptions(args) {
  let values;
  try {
    ({ values } = parseArgs({
      args,
      options: {
        system: { type: 'string', default: 'new' },
        keep: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    throw new SetupError(error.message);
  }
  if (!SYSTEMS.includes(values.system)) {
    throw new SetupError(
      `--system is ${SYSTEMS.join(' or ')}, not '${values.system}'.`,
    );
  }
  return values;
}
