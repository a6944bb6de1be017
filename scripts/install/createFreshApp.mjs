import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup/paths.mjs';

/** What makes it: that of the Backstage release which this checkout is built with. */
export const CREATE_APP = '@backstage/create-app@0.9.2';

/** A day between that release and the next one. */
const RESOLVED_AS_OF = '2026-10-10T00:00:00Z';

const MILLISECONDS_PER_DAY = 24 * 60 * 60 * 1000;

/**
 * Makes a Backstage as people had it on the day of the release: packages that
 * are younger are not looked at, and pieces that would have to be compiled are
 * those that this checkout pins.
 *
 * @param options.system `new` or `old` frontend system
 * @param options.app folder that is made for it
 * @param options.run runs a program: `run(what, command, args, {cwd, env})`
 */
export async function createFreshApp({ system, app, run }) {
  mkdirSync(app, { recursive: true });
  await run(
    'Creating a Backstage',
    'npx',
    [
      '--yes',
      CREATE_APP,
      '--skip-install',
      '--path',
      app,
      ...(system === 'old' ? ['--legacy'] : []),
    ],
    { cwd: app, env: { BACKSTAGE_APP_NAME: 'fresh' } },
  );
  writeFileSync(join(app, '.yarnrc.yml'), yarnrc());
  const file = join(app, 'package.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  const { resolutions } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  writeFileSync(
    file,
    JSON.stringify(
      { ...manifest, resolutions: { ...manifest.resolutions, ...resolutions } },
      undefined,
      2,
    ),
  );
  // As the seed that create-app itself fetches; yarn keeps what fits.
  copyFileSync(join(root, 'yarn.lock'), join(app, 'yarn.lock'));
}

function yarnrc() {
  const days = Math.floor(
    (Date.now() - Date.parse(RESOLVED_AS_OF)) / MILLISECONDS_PER_DAY,
  );
  return [
    'nodeLinker: node-modules',
    `npmMinimalAgeGate: ${days}d`,
    'enableScripts: false',
    'enableImmutableInstalls: false',
    '',
  ].join('\n');
}
