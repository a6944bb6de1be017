import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { main } from './setup/main.mjs';
import { root } from './setup/paths.mjs';
import { prepare } from './setup/prepare.mjs';
import { SetupError } from './setup/SetupError.mjs';

const folder = join(root, 'bench');

/** Figures that can be measured: each is a folder of `bench` with a `run.mjs`. */
function known() {
  return readdirSync(folder).filter(name =>
    existsSync(join(folder, name, 'run.mjs')),
  );
}

await main(async ({ takeSignals }) => {
  const [name, ...args] = process.argv.slice(2);
  if (name === undefined || !known().includes(name)) {
    throw new SetupError(
      `${
        name === undefined ? 'Nothing was named' : `There is no "${name}"`
      }: npm run bench -- NAME. Known names: ${known().join(', ')}.`,
    );
  }
  const { node, env } = await prepare({ page: false, cluster: true });
  const run = spawn(node.binary, [join(folder, name, 'run.mjs'), ...args], {
    cwd: root,
    env,
    stdio: 'inherit',
  });
  // Ctrl-C reaches the run by itself; other signals are handed on.
  takeSignals(signal => signal !== 'SIGINT' && run.kill(signal));
  return new Promise((resolve, reject) => {
    run.once('error', reject);
    run.once('close', (code, signal) => resolve(signal ? 143 : code));
  });
});
