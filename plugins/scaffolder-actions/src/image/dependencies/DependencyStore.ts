import { promises as fs } from 'node:fs';
import { join } from 'node:path';
import { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { WorkFolders } from '../WorkFolders';
import { copyTree } from './copyTree';
import { SharedWork } from './SharedWork';
import { KeptTree, KeptTrees } from './KeptTrees';
import { treeDigest, treeOutline } from './treeDigest';

/** A copy that lies about longer may have lost files to a cleaner of temporary folders. */
const SPARE_LIVES_MILLISECONDS = 12 * 3_600_000;

/** How a build got its tree. */
export type Placement =
  | 'spare' // a copy that was made before
  | 'copied'
  | 'installed';

export interface PlaceOptions {
  /** The same for trees that may stand in for each other, and for no others. */
  key: string;
  /** Becomes the tree; must not exist, and its parent must. */
  target: string;
  /** Makes the tree of the key at a path that does not exist, while nobody has it yet. */
  install: (target: string, signal: AbortSignal) => Promise<void>;
  signal: AbortSignal;
}

interface Spare {
  folder: string;
  tree: string;
  madeAtMilliseconds: number;
}

/**
 * Keeps installed dependencies from one build for the next.
 *
 * @remarks
 * Each build gets a copy of its own, never a link: what the code of one
 * repository does to its `node_modules` reaches no other build. A copy is compared
 * with what was installed, and one is made ahead while nobody waits for it, so that
 * the next build only renames it.
 *
 * A key is installed once for all that ask for it at the same time.
 */
export class DependencyStore {
  readonly #work: WorkFolders;
  readonly #kept: KeptTrees;
  readonly #logger: LoggerService;
  readonly #installations = new Map<string, SharedWork<void>>();
  readonly #spares = new Map<string, Spare>();
  readonly #refills = new Map<string, Promise<void>>();
  /** Digests of trees of which this process has read a copy. */
  readonly #read = new Set<string>();
  readonly #closing = new AbortController();

  constructor(options: {
    work: WorkFolders;
    kept: KeptTrees;
    logger: LoggerService;
  }) {
    this.#work = options.work;
    this.#kept = options.kept;
    this.#logger = options.logger;
  }

  /**
   * Puts the tree of a key at a path.
   *
   * @throws what the installation throws, or the signal's reason
   */
  async place(options: PlaceOptions): Promise<Placement> {
    const { key, target } = options;
    const placement = (await this.#takeSpare(key, target))
      ? 'spare'
      : await this.#kept.inUse(key, () => this.#copyOrInstall(options));
    this.#refill(key);
    return placement;
  }

  /** Sees to it that the next {@link place} of the key is quick. */
  async prepare(options: Omit<PlaceOptions, 'target'>): Promise<void> {
    const { key } = options;
    if ((await this.#kept.find(key)) === undefined) {
      await this.#installOnce(options);
    }
    this.#refill(key);
    await this.#refills.get(key);
  }

  /** Resolves when nothing is copied ahead any more. */
  async settled(): Promise<void> {
    await Promise.all(this.#refills.values());
  }

  /** Ends what goes on in the background and removes the copies made ahead; what is kept stays. */
  async close(): Promise<void> {
    this.#closing.abort(new Error('Backstage is stopping'));
    await this.settled();
    this.#spares.forEach(({ folder }) => this.#work.discard(folder));
    this.#spares.clear();
  }

  async #takeSpare(key: string, target: string): Promise<boolean> {
    const spare = this.#spares.get(key);
    if (spare === undefined) {
      return false;
    }
    this.#spares.delete(key);
    try {
      if (Date.now() - spare.madeAtMilliseconds > SPARE_LIVES_MILLISECONDS) {
        return false;
      }
      await fs.rename(spare.tree, target);
      await this.#kept.touch(key);
      return true;
    } catch (error) {
      this.#logger.debug(`The copy made ahead is not used: ${String(error)}`);
      return false;
    } finally {
      this.#work.discard(spare.folder);
    }
  }

  async #copyOrInstall(options: PlaceOptions): Promise<Placement> {
    const { key, target, signal } = options;
    const kept = await this.#kept.find(key);
    if (kept !== undefined && (await this.#copy(kept, { target, signal }))) {
      await this.#kept.touch(key);
      return 'copied';
    }
    await this.#installOnce(options);
    const installed = await this.#kept.find(key);
    if (
      installed === undefined ||
      !(await this.#copy(installed, { target, signal }))
    ) {
      throw new Error(
        `The dependencies that were just installed in ${
          this.#work.root
        } have changed or gone. See who else writes there, or set sportsbookScaling.image.buildDirectory to a folder of the Backstage backend alone`,
      );
    }
    return 'installed';
  }

  /** @returns false, with the tree forgotten, when it is not what was installed any more */
  async #copy(
    kept: KeptTree,
    options: { target: string; signal: AbortSignal; niceness?: number },
  ): Promise<boolean> {
    const { target, signal } = options;
    let flaw: string;
    try {
      await copyTree({ ...options, source: kept.tree });
      if (await this.#isSound(kept, target, signal)) {
        return true;
      }
      flaw = 'their content has changed';
    } catch (error) {
      signal.throwIfAborted();
      flaw = isError(error) ? error.message : String(error);
    }
    this.#logger.warn(
      `Kept dependencies are installed anew, because they cannot be used any more: ${flaw}`,
    );
    await fs.rm(target, { recursive: true, force: true });
    await this.#kept.forget(kept.key);
    return false;
  }

  /**
   * Compares a copy with what was installed: all of it, the first time that this
   * process uses the tree; then what each file is called and its size, which
   * shows what a cleaner or a full disk has done.
   */
  async #isSound(
    kept: KeptTree,
    copy: string,
    signal: AbortSignal,
  ): Promise<boolean> {
    if (this.#read.has(kept.digest)) {
      return (await treeOutline(copy, { signal })) === kept.outline;
    }
    const { digest } = await treeDigest(copy, { signal });
    if (digest !== kept.digest) {
      return false;
    }
    this.#read.add(digest);
    return true;
  }

  async #installOnce({
    key,
    install,
    signal,
  }: Omit<PlaceOptions, 'target'>): Promise<void> {
    let installation = this.#installations.get(key);
    if (installation === undefined || installation.isAbandoned) {
      const begun = new SharedWork(shared =>
        this.#install({ key, install, signal: shared }),
      );
      installation = begun;
      this.#installations.set(key, begun);
      begun.ended().then(() => {
        if (this.#installations.get(key) === begun) {
          this.#installations.delete(key);
        }
      });
    }
    await installation.wait({ signal });
  }

  async #install({
    key,
    install,
    signal,
  }: Omit<PlaceOptions, 'target'>): Promise<void> {
    const folder = await this.#work.make();
    try {
      const tree = join(folder, 'tree');
      await install(tree, signal);
      const about = await treeDigest(tree, { signal });
      await this.#kept.keep(key, { tree, ...about });
      this.#read.add(about.digest);
    } finally {
      this.#work.discard(folder);
    }
  }

  #refill(key: string): void {
    if (
      this.#spares.has(key) ||
      this.#refills.has(key) ||
      this.#closing.signal.aborted
    ) {
      return;
    }
    const refill = this.#kept
      .inUse(key, () => this.#makeSpare(key))
      .catch((error: unknown) => {
        if (!this.#closing.signal.aborted) {
          this.#logger.debug(
            `No copy of the dependencies was made ahead: ${String(error)}`,
          );
        }
      })
      .finally(() => this.#refills.delete(key));
    this.#refills.set(key, refill);
  }

  async #makeSpare(key: string): Promise<void> {
    const kept = await this.#kept.find(key);
    if (kept === undefined || !this.#kept.hasRoomFor(kept.bytes)) {
      return;
    }
    const { signal } = this.#closing;
    const folder = await this.#work.make();
    const tree = join(folder, 'tree');
    try {
      if (await this.#copy(kept, { target: tree, signal, niceness: 10 })) {
        this.#spares.set(key, {
          folder,
          tree,
          madeAtMilliseconds: Date.now(),
        });
      }
    } finally {
      if (this.#spares.get(key)?.folder !== folder) {
        this.#work.discard(folder);
      }
    }
  }
}
