import { createHash } from 'node:crypto';
import { promises as fs } from 'node:fs';
import { dirname, join } from 'node:path';
import { isError } from '@backstage/errors';
import { Toolchain } from './Toolchain';

/** Change it when trees are made in another way. */
const FORMAT = 1;

async function contentOf(path: string | undefined): Promise<string | null> {
  if (path === undefined) {
    return null;
  }
  try {
    return await fs.readFile(path, 'utf8');
  } catch (error) {
    if (isError(error) && ['ENOENT', 'ENOTDIR'].includes(String(error.code))) {
      return null;
    }
    throw error;
  }
}

function npmSettings(environment: Record<string, string>): [string, string][] {
  return Object.entries(environment)
    .map(([name, value]): [string, string] => [name.toLowerCase(), value])
    .filter(([name]) => name.startsWith('npm_config_'))
    .sort();
}

/**
 * Tells installations apart: two with the same key put the same files into
 * `node_modules`.
 *
 * @remarks
 * It covers the packages, npm's arguments, every setting of npm's (registries,
 * credentials and the three npmrc files among them), and the versions and the
 * machine that do it. It lies in a folder that only the backend's user reads.
 *
 * @returns hexadecimal digits
 */
export async function dependencyKey(installation: {
  /** Of the packages, from {@link dependencySet}. */
  identity: string;
  /** Folder of the project, which may have an npmrc of its own. */
  project: string;
  args: readonly string[];
  /** What npm is run with. */
  environment: Record<string, string>;
  /** Folder of the Node that runs npm. */
  nodeDirectory: string;
  toolchain: Toolchain;
}): Promise<string> {
  const { identity, project, args, environment, nodeDirectory, toolchain } =
    installation;
  const settings = npmSettings(environment);
  const settingOf = (wanted: string) =>
    settings.find(([name]) => name === wanted)?.[1];
  const files = await Promise.all(
    [
      join(project, '.npmrc'),
      settingOf('npm_config_userconfig'),
      settingOf('npm_config_globalconfig') ??
        join(dirname(nodeDirectory), 'etc/npmrc'),
    ].map(contentOf),
  );
  return createHash('sha256')
    .update(
      JSON.stringify([FORMAT, identity, args, settings, files, toolchain]),
    )
    .digest('hex');
}
