import { InputError } from '@backstage/errors';
import {
  readManifests,
  SourcedObject,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { readManifestFiles } from '../input/readManifestFiles';
import { CommandContext } from './CommandContext';

/** @throws InputError where there is no object, ManifestError with every problem of every file */
export async function readManifestOptions(
  filename: readonly string[],
  { stdin, signal }: CommandContext,
): Promise<SourcedObject[]> {
  if (filename.length === 0) {
    throw new InputError(
      'There are no manifests: name a file or a folder with -f.',
    );
  }
  const manifests = readManifests(
    await readManifestFiles(filename, { stdin, signal }),
  );
  if (manifests.length === 0) {
    throw new InputError(
      'The manifests hold no object. Check what -f names, or what writes to the standard input.',
    );
  }
  return manifests;
}
