import { promises as fs } from 'node:fs';
import { dirname, join } from 'node:path';
import { RenderedFile } from '@sportsbook/plugin-scaffolder-backend-module-sportsbook-scaling/src/handlebars';
import { readStaticFiles } from './readSkeleton';

export const GOLDEN_DIRECTORY = join(__dirname, '..', 'golden');

/** Said wherever a rendered file differs from what is committed. */
export const GOLDEN_COMMAND =
  'yarn workspace @sportsbook/template-sportsbook-autoscaled-service golden';

/** Path, with slashes, to content. */
export type GoldenFiles = Record<string, string>;

/**
 * What is committed of a rendered repository: all that depends on the answers.
 *
 * Files that are copied as they are would be in each case once more, and of the
 * lockfile's thousands of lines only the name depends on the answers.
 */
export async function committed(
  files: readonly RenderedFile[],
): Promise<GoldenFiles> {
  const copied = await readStaticFiles();
  return Object.fromEntries(
    files
      .filter(({ path }) => !copied.has(path) && path !== 'package-lock.json')
      .map(({ path, content }) => [path, content.toString('utf8')]),
  );
}

export async function readGolden(name: string): Promise<GoldenFiles> {
  const directory = join(GOLDEN_DIRECTORY, name);
  const entries = await fs.readdir(directory, {
    recursive: true,
    withFileTypes: true,
  });
  const files = entries
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    await Promise.all(
      files.map(async file => [
        file.slice(directory.length + 1).replaceAll('\\', '/'),
        await fs.readFile(file, 'utf8'),
      ]),
    ),
  );
}

/** Replaces all that is committed for this case. */
export async function writeGolden(
  name: string,
  files: GoldenFiles,
): Promise<void> {
  const directory = join(GOLDEN_DIRECTORY, name);
  await fs.rm(directory, { recursive: true, force: true });
  for (const [path, content] of Object.entries(files)) {
    await fs.mkdir(dirname(join(directory, path)), { recursive: true });
    await fs.writeFile(join(directory, path), content);
  }
}
