import { readlinkSync, realpathSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';

/**
 * Looks at an unpacked image as a whole, once all of its layers lie over each
 * other: each layer was held to the folder by itself, but a link may mean
 * something else when a later layer has changed what it leads through.
 *
 * @throws Error naming a symbolic link that leads outside
 */
export async function checkLinks(
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const root = realpathSync(folder);
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  signal.throwIfAborted();
  for (const entry of entries.filter(one => one.isSymbolicLink())) {
    const path = join(entry.parentPath, entry.name);
    const target = targetOf(path, entry.parentPath);
    if (target !== root && !target.startsWith(`${root}${sep}`)) {
      throw new Error(
        `the symbolic link "${relative(
          root,
          path,
        )}" leads outside the image, to "${target}"`,
      );
    }
  }
}

/** Through all links on the way; of one that leads nowhere (yet), where it points at. */
function targetOf(path: string, parent: string): string {
  try {
    // As the system goes: `realpathSync` itself takes `link/..` for nothing.
    return realpathSync.native(path);
  } catch {
    return resolve(parent, readlinkSync(path));
  }
}
