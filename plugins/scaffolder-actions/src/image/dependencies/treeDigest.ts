import { createHash } from 'node:crypto';
import { lstatSync, promises as fs } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';

/** What a folder holds. */
export interface TreeDigest {
  /** Of all paths, modes, sizes and links, as hexadecimal digits. */
  outline: string;
  /** Of all contents as well. */
  digest: string;
  /** Of all files together. */
  bytes: number;
}

/** Enough to keep the disk busy, and few enough open files. */
const READ_AT_ONCE = 16;
/** Looked at before others get a turn: a few milliseconds' work. */
const LOOKED_AT_ONCE = 200;

interface Leaf {
  path: string;
  isLink: boolean;
}

interface Outline {
  leaves: Leaf[];
  lines: string[];
  bytes: number;
}

function sha256(text: string | Buffer): string {
  return createHash('sha256').update(text).digest('hex');
}

async function leavesOf(directory: string, below = ''): Promise<Leaf[]> {
  const entries = await fs.readdir(join(directory, below), {
    withFileTypes: true,
  });
  const leaves: Leaf[] = [];
  for (const entry of entries) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) {
      leaves.push(...(await leavesOf(directory, path)));
    } else {
      leaves.push({ path, isLink: entry.isSymbolicLink() });
    }
  }
  return leaves;
}

async function readOutline(
  directory: string,
  signal: AbortSignal | undefined,
): Promise<Outline> {
  const leaves = await leavesOf(directory);
  leaves.sort((a, b) => (a.path < b.path ? -1 : 1));
  const outline: Outline = { leaves, lines: [], bytes: 0 };
  for (const [index, { path, isLink }] of leaves.entries()) {
    if (index % LOOKED_AT_ONCE === 0) {
      signal?.throwIfAborted();
      await setImmediate();
    }
    const full = join(directory, path);
    if (isLink) {
      outline.lines.push(JSON.stringify([path, await fs.readlink(full)]));
    } else {
      // Thousands of promises would cost ten times as much.
      const { mode, size } = lstatSync(full);
      outline.bytes += size;
      outline.lines.push(JSON.stringify([path, mode & 0o777, size]));
    }
  }
  return outline;
}

/**
 * Looks at everything in a folder, without reading it.
 *
 * @returns {@link TreeDigest.outline}
 * @throws the file system's error when something is gone, and the signal's reason.
 */
export async function treeOutline(
  directory: string,
  { signal }: { signal?: AbortSignal } = {},
): Promise<string> {
  const { lines } = await readOutline(directory, signal);
  return sha256(lines.join('\n'));
}

/**
 * Reads all of a folder.
 *
 * @throws the file system's error when something is gone or cannot be read, and
 *   the signal's reason.
 */
export async function treeDigest(
  directory: string,
  { signal }: { signal?: AbortSignal } = {},
): Promise<TreeDigest> {
  const { leaves, lines, bytes } = await readOutline(directory, signal);
  const contents = new Array<string>(leaves.length);
  let next = 0;
  const read = async () => {
    while (next < leaves.length) {
      signal?.throwIfAborted();
      const index = next;
      next += 1;
      const { path, isLink } = leaves[index];
      contents[index] = isLink
        ? ''
        : sha256(await fs.readFile(join(directory, path)));
    }
  };
  await Promise.all(Array.from({ length: READ_AT_ONCE }, read));
  const outline = sha256(lines.join('\n'));
  return {
    outline,
    digest: sha256([outline, ...contents].join('\n')),
    bytes,
  };
}
