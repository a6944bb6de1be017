import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint } from './fingerprint.mjs';
import { npmSettings } from './npm.mjs';
import { logs, root } from './paths.mjs';
import { run } from './run.mjs';
import { readStamp, stamped } from './stamp.mjs';
import { yarnEnvironment } from './yarnEnvironment.mjs';
import { yarnScript } from './yarn.mjs';

const STAMP = 'install';
const WORKSPACE_FOLDERS = ['packages', 'plugins', 'templates'];

/** What decides which packages are installed. */
function wanted(nodeVersion) {
  const workspaces = WORKSPACE_FOLDERS.flatMap(folder =>
    readdirSync(join(root, folder)).map(name => `${folder}/${name}`),
  );
  return fingerprint(
    root,
    [
      'yarn.lock',
      '.yarnrc.yml',
      'package.json',
      'e2e/package.json',
      ...workspaces.map(workspace => `${workspace}/package.json`),
    ],
    [nodeVersion],
  );
}

export function isInstallMissing(nodeVersion) {
  return (
    readStamp(STAMP) !== wanted(nodeVersion) ||
    !existsSync(join(root, 'node_modules', '.yarn-state.yml'))
  );
}

/**
 * Installs exactly what the lockfile says, with npm's registry, proxy and CA
 * settings. Downloads that were completed before an interruption are kept in
 * yarn's cache.
 */
export async function install({ node, env, say }) {
  await stamped(STAMP, wanted(node.version), async () => {
    const settings = await npmSettings();
    await run(node.binary, [yarnScript, 'install', '--immutable'], {
      what: 'Installing packages',
      logFile: join(logs, 'install.log'),
      env: yarnEnvironment(settings, env),
      onLine: line => {
        const [, step] = /┌ (.+) step/.exec(line) ?? [];
        if (step) {
          say(`${step.toLowerCase()} step`);
        }
      },
    });
  });
}
