import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const DERIVED = new Set(['node_modules', 'dist', 'dist-types', 'coverage']);

/**
 * A digest of the names and contents of files and folders, without what is
 * derived from them.
 *
 * @param base folder that the paths are relative to
 * @param paths files and folders; one that does not exist counts as absent
 * @param facts whatever else decides, such as a version
 */
export function fingerprint(base, paths, facts = []) {
  const hash = createHash('sha256');
  for (const fact of facts) {
    hash.update(`${fact}\0`);
  }
  for (const path of filesOf(base, paths)) {
    const content = readFileSync(join(base, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

function filesOf(base, paths) {
  return paths
    .flatMap(path => {
      const stats = statSync(join(base, path), { throwIfNoEntry: false });
      if (stats?.isDirectory()) {
        const children = readdirSync(join(base, path))
          .filter(name => !DERIVED.has(name))
          .map(name => `${path}/${name}`);
        return filesOf(base, children);
      }
      return stats ? [path] : [];
    })
    .sort();
}
