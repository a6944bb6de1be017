import { join } from 'node:path';
import { WorkFolders } from '../WorkFolders';

/** From the last installation to the removal of what it downloaded. */
const LINGER_MILLISECONDS = 60_000;

/**
 * npm's own cache for installations that follow each other, as a build's two do:
 * the second finds what the first has downloaded. It goes when there are no more.
 */
export class NpmCache {
  readonly #work: WorkFolders;
  #folder: Promise<string> | undefined;
  #users = 0;
  #removal: NodeJS.Timeout | undefined;

  constructor(work: WorkFolders) {
    this.#work = work;
  }

  /** @param install - is given the cache's folder */
  async use<T>(install: (folder: string) => Promise<T>): Promise<T> {
    clearTimeout(this.#removal);
    this.#users += 1;
    this.#folder ??= this.#work.make();
    try {
      return await install(join(await this.#folder, 'cache'));
    } finally {
      this.#users -= 1;
      if (this.#users === 0) {
        this.#removal = setTimeout(() => this.close(), LINGER_MILLISECONDS);
        this.#removal.unref();
      }
    }
  }

  /** Removes it, unless an installation goes on. */
  async close(): Promise<void> {
    clearTimeout(this.#removal);
    if (this.#users === 0 && this.#folder !== undefined) {
      const folder = this.#folder;
      this.#folder = undefined;
      this.#work.discard(await folder);
    }
  }
}
