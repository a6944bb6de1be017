import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** All files below `directory`, relative to it, with slashes, sorted by code unit. */
function filesBelow(directory: string, below = ''): string[] {
  return readdirSync(join(directory, below), { withFileTypes: true })
    .flatMap(entry => {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      return entry.isDirectory() ? filesBelow(directory, path) : [path];
    })
    .sort();
}

/**
 * What tells two states of a skeleton apart: a hash over the paths and contents
 * of its files.
 *
 * A generated repository keeps it, so that an upgrade can find the very files
 * that it was made from.
 *
 * @returns `sha256:` and 64 hexadecimal digits
 */
export function skeletonDigest(directory: string): string {
  const hash = createHash('sha256');
  const files = filesBelow(directory)
    // A packed skeleton has `.hbs` at folders which packers would leave out.
    .map(path => ({ path, named: path.replaceAll('.hbs/', '/') }))
    .sort((a, b) => (a.named < b.named ? -1 : 1));
  for (const { path, named } of files) {
    const content = createHash('sha256')
      .update(readFileSync(join(directory, path)))
      .digest('hex');
    hash.update(`${content}  ${named}\n`);
  }
  return `sha256:${hash.digest('hex')}`;
}
