import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint } from './fingerprint.mjs';
import { logs, root } from './paths.mjs';
import { run } from './run.mjs';
import { readStamp, stamped } from './stamp.mjs';

const STAMP = 'cluster-build';
const ROOM = 'packages/embedded-cluster';
const SOURCES = [
  ROOM,
  'packages/git-host',
  'plugins/sportsbook-scaling-common',
  'package.json',
  'yarn.lock',
];

function wanted() {
  return fingerprint(root, SOURCES);
}

/** True when the embedded cluster was never built, or from other sources than today's. */
export function isClusterBuildMissing() {
  return (
    readStamp(STAMP) !== wanted() ||
    !existsSync(join(root, ROOM, 'dist/main.cjs'))
  );
}

/** Builds the embedded cluster's program. */
export async function buildCluster({ node, env }) {
  await stamped(STAMP, wanted(), () =>
    run(node.binary, ['scripts/bundle.mjs'], {
      what: 'Building the embedded cluster',
      cwd: join(root, ROOM),
      env,
      logFile: join(logs, 'cluster-build.log'),
    }),
  );
}
