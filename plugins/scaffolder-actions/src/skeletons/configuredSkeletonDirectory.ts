import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { skeletonDirectory } from './skeletonDirectory';

const CONFIG_KEY = 'sportsbookScaling.skeleton.directory';

/**
 * The folder that the configuration names, else the one that comes with this package.
 *
 * @throws InputError when a folder is configured and is not there.
 */
export function configuredSkeletonDirectory(config: Config): string {
  const configured = config.getOptionalString(CONFIG_KEY);
  if (configured === undefined) {
    return skeletonDirectory();
  }
  const directory = resolve(configured);
  if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory()) {
    throw new InputError(
      `${CONFIG_KEY} is '${configured}', and there is no folder ${directory}; correct it, or remove it to use the skeleton that comes with the actions`,
    );
  }
  return directory;
}
