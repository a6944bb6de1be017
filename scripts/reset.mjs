import { existsSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { main } from './setup/main.mjs';
import { local, logs, root } from './setup/paths.mjs';
import { SetupError } from './setup/SetupError.mjs';
import { runningBackend } from './start/pidFile.mjs';

const HELP = `npm run reset [-- --all]

Removes what "npm start" made on this machine: database, repositories of the
built-in git host, the embedded cluster with its services, generated
configuration, logs. Services on other clusters stay.

  --all   also Node, yarn and the notes of what was set up, so that the next
          start sets everything up again
`;

await main(async () => {
  const { all, help } = readFlags();
  if (help) {
    console.log(HELP);
    return;
  }
  const state = join(local, 'state');
  const backend = runningBackend(join(state, 'backend.json'));
  if (backend) {
    throw new SetupError(
      `A backend of this checkout serves ${backend.url} (process ${backend.pid}). Stop it first, then run this again; nothing was removed.`,
    );
  }
  const targets = all
    ? [local, join(root, 'packages/app/dist')]
    : [state, logs];
  const removed = targets.filter(target => existsSync(target));
  for (const target of removed) {
    rmSync(target, { recursive: true });
    console.log(`Removed ${relative(root, target)}`);
  }
  if (removed.length === 0) {
    console.log('There was nothing to remove.');
  }
});

function readFlags() {
  try {
    return parseArgs({
      options: {
        all: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new SetupError(`${error.message}\n\n${HELP}`);
  }
}
