import { posix } from 'node:path';

/**
 * The path of a layer's entry below the image's root, without a slash at its
 * start; empty for the root itself.
 *
 * @throws Error for an entry that leads outside
 */
export function entryPath(name: string): string {
  if (name.includes('\0')) {
    throw new Error(`layer entry ${JSON.stringify(name)} is no path`);
  }
  const clean = posix.normalize(`./${name}`).replace(/\/+$/, '');
  if (clean === '..' || clean.startsWith('../')) {
    throw new Error(`layer entry "${name}" leads outside the image`);
  }
  return clean === '.' ? '' : clean.replace(/^\.\//, '');
}

/**
 * What a symbolic link has to hold so that it leads to the same file below the
 * image's root: links to absolute paths mean the root.
 *
 * @param path - of the link, as {@link entryPath} gives it
 * @throws Error for a link that leads outside
 */
export function linkTarget(path: string, target: string): string {
  const folder = posix.dirname(path);
  const wanted = target.startsWith('/')
    ? entryPath(target)
    : entryPath(posix.join(folder, target));
  return posix.relative(folder, wanted) || '.';
}
