import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { local, logs } from './paths.mjs';
import { npm } from './npm.mjs';
import { run } from './run.mjs';
import { SetupError } from './SetupError.mjs';

/**
 * Fetches a pinned package with npm and unpacks it, without installing it or
 * running its scripts. The target appears complete or not at all.
 *
 * @param pin `{name, version, sha256}`
 * @param target folder that will hold the package's content
 * @param options.workFolder where it is unpacked at first, on the target's disk
 * @param options.check looks at the unpacked folder before it is accepted
 */
export async function fetchPackage(
  pin,
  target,
  { check, workFolder = join(local, 'tmp') } = {},
) {
  const { name, version } = pin;
  mkdirSync(workFolder, { recursive: true });
  const scratch = mkdtempSync(join(workFolder, 'fetch-'));
  try {
    await npm(['pack', `${name}@${version}`, '--pack-destination', scratch], {
      what: `Fetching ${name} ${version} with npm`,
      cwd: scratch,
    });
    const [file] = readdirSync(scratch).filter(each => each.endsWith('.tgz'));
    await verify(join(scratch, file), pin);
    await run('tar', ['-xzf', file], {
      what: `Unpacking ${name} ${version}`,
      cwd: scratch,
      logFile: join(logs, 'unpack.log'),
    });
    const unpacked = join(scratch, 'package');
    await check?.(unpacked);
    mkdirSync(dirname(target), { recursive: true });
    moveInto(unpacked, target);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function verify(file, { name, version, sha256 }) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  const actual = hash.digest('hex');
  if (actual !== sha256) {
    throw new SetupError(
      `${name} ${version} is not the package that this project was built with: its sha256 is ${actual}, expected ${sha256}. Something between this machine and npm's registry changed it; nothing was unpacked.`,
    );
  }
}

function moveInto(source, target) {
  try {
    renameSync(source, target);
  } catch (error) {
    // Somebody else completed the same folder meanwhile.
    if (!existsSync(target)) {
      throw error;
    }
  }
}
