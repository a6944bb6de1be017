import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint } from './fingerprint.mjs';
import { logs, root } from './paths.mjs';
import { run } from './run.mjs';
import { readStamp, stamped } from './stamp.mjs';

const STAMP = 'build';
const SOURCES = [
  'packages/app',
  'plugins/sportsbook-scaling',
  'plugins/sportsbook-scaling-common',
  'package.json',
  'tsconfig.json',
  'yarn.lock',
];

function wanted() {
  return fingerprint(root, SOURCES);
}

/** True when the page was never built, or from other sources than today's. */
export function isBuildMissing() {
  return (
    readStamp(STAMP) !== wanted() ||
    !existsSync(join(root, 'packages/app/dist/index.html'))
  );
}

/** Builds the page that the backend serves. */
export async function build({ node, env }) {
  await stamped(STAMP, wanted(), () =>
    run(
      node.binary,
      [
        join(root, 'node_modules/@backstage/cli/bin/backstage-cli'),
        'package',
        'build',
      ],
      {
        what: 'Building the page',
        cwd: join(root, 'packages/app'),
        env: { ...env, NODE_ENV: 'production' },
        logFile: join(logs, 'build.log'),
      },
    ),
  );
}
