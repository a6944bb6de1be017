import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { applyStep } from './install/applyStep.mjs';
import { createFreshApp } from './install/createFreshApp.mjs';
import { readInstallOptions } from './install/options.mjs';
import { readGuide } from './install/readGuide.mjs';
import { addResolutions } from './pack/addResolutions.mjs';
import { packPlugins } from './pack/packPlugins.mjs';
import { main } from './setup/main.mjs';
import { npmSettings } from './setup/npm.mjs';
import { logs, root } from './setup/paths.mjs';
import { prepare } from './setup/prepare.mjs';
import { progress } from './setup/progress.mjs';
import { run } from './setup/run.mjs';
import { yarnEnvironment } from './setup/yarnEnvironment.mjs';
import { withoutClusters } from './verify/withoutClusters.mjs';

const GUIDE = 'docs/install.md';
const VENDOR = 'vendor/sportsbook';

/**
 * `npm run verify:install`: makes a fresh Backstage, follows docs/install.md in
 * it to the letter with this checkout's packed plugins, creates a service there
 * on the embedded cluster, and looks at its card.
 */
await main(async () => {
  const { system, keep } = readInstallOptions(process.argv.slice(2));
  const { node, env } = await prepare({ page: false, cluster: true });
  const yaml = createRequire(import.meta.url)('yaml');
  const steps = readGuide(readFileSync(join(root, GUIDE), 'utf8'), system);
  const appEnv = yarnEnvironment(await npmSettings(), withoutClusters(env));

  const folder = mkdtempSync(join(tmpdir(), 'sportsbook-install-'));
  const app = join(folder, 'my-backstage');
  const logFile = join(logs, `install-${system}.log`);
  const command = (what, program, args, over = {}) =>
    run(program, args, {
      what,
      cwd: app,
      logFile,
      ...over,
      env: { ...appEnv, ...over.env },
    });
  const shell = code =>
    command(`Following ${GUIDE}: ${code.split('\n')[0]}`, 'sh', ['-ec', code]);

  try {
    await progress(`Making a fresh app (${system} frontend system)`, () =>
      createFreshApp({ system, app, run: command }),
    );
    const packed = await progress('Packing the plugins', say =>
      packPlugins({ node, env, into: join(app, VENDOR), say }),
    );
    addResolutions(app, VENDOR, packed);
    await progress(`Following ${GUIDE}`, async say => {
      for (const step of steps) {
        say(`line ${step.line}`);
        await applyStep(step, { app, run: shell, yaml });
      }
    });
    await progress('Checking its types', () => shell('yarn tsc'));
    await progress('Checking its configuration', () =>
      shell('yarn backstage-cli config:check --lax'),
    );
    await progress('Building its page', () =>
      shell('yarn workspace app build'),
    );
    const outcome = await progress('Creating a service in it', () =>
      command(
        'Creating a service in it',
        node.binary,
        [
          join(root, 'node_modules/tsx/dist/cli.mjs'),
          join(root, 'e2e/install/seeInstalled.ts'),
          app,
        ],
        { cwd: join(root, 'e2e') },
      ),
    );
    console.log(`\n${outcome.join('\n')}`);
    return 0;
  } catch (error) {
    console.log(`\nThe whole log: ${relative(root, logFile)}`);
    throw error;
  } finally {
    if (keep) {
      console.log(`\nThe app is left in ${app}`);
    } else {
      rmSync(folder, { recursive: true, force: true });
    }
  }
});
