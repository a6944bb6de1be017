import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fetchPackage } from './fetchPackage.mjs';
import { local, logs } from './paths.mjs';
import { NODE } from './pins.mjs';
import { run } from './run.mjs';
import { SetupError } from './SetupError.mjs';

const OLDEST_LAUNCHER = 18;

/** True for a Node that Backstage and its native add-on work with. */
export function isRightNode(version) {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number);
  // From 22.12 on, require() loads ES modules.
  return major === 22 && minor >= 12;
}

/**
 * Which Node runs the product: the running one, or a pinned one in `.local`.
 *
 * @returns `{binary, version, pin}`; `pin` is set while it has to be fetched
 * @throws SetupError on a machine without a prebuilt Node 22
 */
export function chooseNode({
  version = process.version,
  platform = process.platform,
  arch = process.arch,
} = {}) {
  if (Number(version.slice(1).split('.')[0]) < OLDEST_LAUNCHER) {
    throw new SetupError(
      `This is Node ${version}; the set-up needs Node ${OLDEST_LAUNCHER} or later to start with.`,
    );
  }
  if (isRightNode(version)) {
    return { binary: process.execPath, version };
  }
  const pin = NODE[`${platform}-${arch}`];
  if (!pin) {
    throw new SetupError(
      `Node 22 is needed and this is ${version}. There is no prebuilt Node 22 for ${platform}-${arch} in npm's registry: install Node 22.12 or a later 22.x and run this again with it.`,
    );
  }
  const directory = join(local, 'node', pin.version);
  const binary = join(directory, 'bin', 'node');
  return {
    binary,
    version: `v${pin.version}`,
    ...(existsSync(binary) ? {} : { pin, directory }),
  };
}

/** Fetches the Node that `chooseNode` found missing. */
export async function fetchNode({ pin, directory }) {
  await fetchPackage(pin, directory, {
    check: unpacked =>
      run(join(unpacked, 'bin', 'node'), ['--version'], {
        what: `Node ${pin.version} of the package ${pin.name} does not run on this machine; install Node 22.12 or a later 22.x by other means. Trying it`,
        logFile: join(logs, 'node-check.log'),
      }),
  });
}
