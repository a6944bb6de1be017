import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from '../setup/SetupError.mjs';

/**
 * Makes the root of a yarn workspace take packages from tarballs, wherever
 * they are asked for.
 *
 * @param app folder of the workspace's root
 * @param folder of the tarballs, relative to it
 * @param packed what `packPlugins` returned
 */
export function addResolutions(app, folder, packed) {
  const file = join(app, 'package.json');
  const manifest = readManifest(file);
  const resolutions = Object.fromEntries(
    packed.map(each => [each.name, `file:./${folder}/${each.file}`]),
  );
  const changed = {
    ...manifest,
    resolutions: { ...manifest.resolutions, ...resolutions },
  };
  writeFileSync(file, `${JSON.stringify(changed, undefined, 2)}\n`);
}

/** @throws SetupError where there is no root of a yarn workspace */
export function readManifest(file) {
  let manifest;
  try {
    manifest = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new SetupError(
      `${file} cannot be read (${error.message}). Name the folder of your Backstage, the one that holds packages/app and packages/backend.`,
    );
  }
  if (manifest.workspaces === undefined) {
    throw new SetupError(
      `${file} is not the root of a workspace. Name the folder of your Backstage, the one that holds packages/app and packages/backend.`,
    );
  }
  return manifest;
}
