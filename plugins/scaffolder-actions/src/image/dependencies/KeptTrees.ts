import { promises as fs } from 'node:fs';
import { join } from 'node:path';
import { isError } from '@backstage/errors';
import { z } from 'zod/v3';
import { WorkFolders } from '../WorkFolders';
import { TreeDigest } from './treeDigest';

const BYTES_PER_MEGABYTE = 1024 * 1024;
const ABOUT = 'about.json';

const aboutSchema = z.object({
  // As `treeDigest` gives them.
  outline: z.string(),
  digest: z.string(),
  bytes: z.number(),
});

/** A tree that was installed before. Read only: it is copied from. */
export interface KeptTree extends TreeDigest {
  key: string;
  /** Path of its folder. */
  tree: string;
}

/**
 * The trees on disk, each below its key, within a limit: what was not used for
 * longest goes first.
 *
 * @remarks
 * A tree appears by a rename, whole or not at all, so that several backends may
 * use one folder. One that another backend removes is like one that is not there.
 */
export class KeptTrees {
  readonly #work: WorkFolders;
  readonly #maxBytes: number;
  readonly #users = new Map<string, number>();
  #bytes = 0;

  /** @param options.maxMegabytes - of all trees together */
  constructor(options: { work: WorkFolders; maxMegabytes: number }) {
    this.#work = options.work;
    this.#maxBytes = options.maxMegabytes * BYTES_PER_MEGABYTE;
  }

  async find(key: string): Promise<KeptTree | undefined> {
    const folder = this.#folderOf(key);
    try {
      const text = await fs.readFile(join(folder, ABOUT), 'utf8');
      return {
        key,
        tree: join(folder, 'tree'),
        ...aboutSchema.parse(JSON.parse(text)),
      };
    } catch (error) {
      if (isError(error) && error.code === 'ENOENT') {
        return undefined;
      }
      // Half a file, or one of another version: as good as none.
      await this.forget(key);
      return undefined;
    }
  }

  /** Takes a tree over, from a folder of work; a tree that is there already stays. */
  async keep(
    key: string,
    { tree, outline, digest, bytes }: Omit<KeptTree, 'key'>,
  ): Promise<void> {
    const prepared = await this.#work.make();
    try {
      await fs.writeFile(
        join(prepared, ABOUT),
        JSON.stringify({ outline, digest, bytes }),
      );
      await fs.rename(tree, join(prepared, 'tree'));
      await fs.mkdir(this.#trees, { recursive: true });
      await fs.rename(prepared, this.#folderOf(key));
    } catch (error) {
      this.#work.discard(prepared);
      if (
        !isError(error) ||
        !['ENOTEMPTY', 'EEXIST'].includes(String(error.code))
      ) {
        throw error;
      }
    }
  }

  /** Removes a tree, at once for whoever looks for it. */
  async forget(key: string): Promise<void> {
    const removed = await this.#work.make();
    await fs
      .rename(this.#folderOf(key), join(removed, 'tree'))
      .catch(() => undefined);
    this.#work.discard(removed);
  }

  /** Notes that a tree was used just now. */
  async touch(key: string): Promise<void> {
    const now = new Date();
    await fs
      .utimes(join(this.#folderOf(key), ABOUT), now, now)
      .catch(() => undefined);
  }

  /** Keeps a tree from being removed while something is done, and afterwards enforces the limit. */
  async inUse<T>(key: string, use: () => Promise<T>): Promise<T> {
    this.#users.set(key, (this.#users.get(key) ?? 0) + 1);
    try {
      return await use();
    } finally {
      const others = (this.#users.get(key) ?? 1) - 1;
      if (others === 0) {
        this.#users.delete(key);
      } else {
        this.#users.set(key, others);
      }
      await this.#enforceLimit();
    }
  }

  /** Whether so much more would still be within the limit. */
  hasRoomFor(bytes: number): boolean {
    return this.#bytes + bytes <= this.#maxBytes;
  }

  get #trees(): string {
    return join(this.#work.root, 'trees');
  }

  #folderOf(key: string): string {
    return join(this.#trees, key);
  }

  async #enforceLimit(): Promise<void> {
    const keys = await fs.readdir(this.#trees).catch(() => []);
    const found = await Promise.all(
      keys.map(async key => {
        const tree = await this.find(key);
        const used = await fs
          .stat(join(this.#folderOf(key), ABOUT))
          .catch(() => undefined);
        return tree && used ? [{ ...tree, usedAt: used.mtimeMs }] : [];
      }),
    );
    const oldestFirst = found.flat().sort((a, b) => a.usedAt - b.usedAt);
    let bytes = oldestFirst.reduce((sum, tree) => sum + tree.bytes, 0);
    for (const tree of oldestFirst) {
      if (bytes > this.#maxBytes && !this.#users.has(tree.key)) {
        await this.forget(tree.key);
        bytes -= tree.bytes;
      }
    }
    this.#bytes = bytes;
  }
}
