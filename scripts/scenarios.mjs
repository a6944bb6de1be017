import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { main } from './setup/main.mjs';
import { root } from './setup/paths.mjs';
import { prepare } from './setup/prepare.mjs';

await main(async ({ takeSignals }) => {
  const { node, env } = await prepare({ page: false });
  const run = spawn(
    node.binary,
    [
      join(root, 'node_modules/tsx/dist/cli.mjs'),
      'src/__scenarios__/run.ts',
      ...process.argv.slice(2),
    ],
    {
      cwd: join(root, 'plugins/sportsbook-scaling-node'),
      env,
      stdio: 'inherit',
    },
  );
  // Ctrl-C reaches the run by itself; other signals are handed on.
  takeSignals(signal => signal !== 'SIGINT' && run.kill(signal));
  return new Promise((resolve, reject) => {
    run.once('error', reject);
    run.once('close', (code, signal) => resolve(signal ? 143 : code));
  });
});
